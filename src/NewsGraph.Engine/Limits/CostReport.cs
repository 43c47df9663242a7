namespace NewsGraph.Engine.Limits;

/// <summary>The extension a client gets that asks for the cost.</summary>
internal static class CostReport
{
    public static Dictionary<string, object?>? For(OperationCost? cost) =>
        cost is not { } known
            ? null
            : new Dictionary<string, object?>
            {
                ["operationCost"] = new Dictionary<string, object?>
                {
                    ["fieldCost"] = known.FieldCost,
                    ["typeCost"] = known.TypeCost,
                },
            };
}
