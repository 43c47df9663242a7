using NewsGraph.Benchmarks;
using NewsGraph.Benchmarks.HandWritten;

// What is measured:  StartUp.cs, ArticlePage.cs, IdleSubscribers.cs
// What it is held against:  HandWritten/, which runs in a process of its own
if (args is [HandWrittenServer.Command, var database])
{
    await HandWrittenServer.RunAsync(database);
    return 0;
}

var options = BenchmarkOptions.Parse(args, out var problem);
if (options is null)
{
    Console.Error.WriteLine(problem);
    return 2;
}

if (options.Help)
{
    Console.WriteLine(BenchmarkOptions.Usage);
    return 0;
}

return await BenchmarkRun.RunAsync(options);
