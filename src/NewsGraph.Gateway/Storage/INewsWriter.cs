namespace NewsGraph.Gateway.Storage;

/// <summary>The one way to change the database. Safe for concurrent use.</summary>
public interface INewsWriter
{
    /// <summary>
    /// Runs an act in a transaction. When the task completes the change is durable (it survives a kill and a power cut);
    /// when it fails nothing of it remains. Acts may run side by side, each seeing what the others have committed; see
    /// <see cref="WriteScope.LockAsync{T}"/>. An act may be run again after a conflict, so it has no effects but on its scope.
    /// </summary>
    /// <param name="act">Reads and changes <see cref="WriteScope.Db"/>; <c>SaveChanges</c> is called once more after it.</param>
    /// <param name="cancellationToken">Withdraws an act that has not begun.</param>
    Task<T> WriteAsync<T>(Func<WriteScope, CancellationToken, Task<T>> act, CancellationToken cancellationToken = default);
}
