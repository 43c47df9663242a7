using Microsoft.EntityFrameworkCore;
using NewsGraph.Engine.Conventions;
using NewsGraph.Engine.Conventions.Errors;
using NewsGraph.Gateway.Storage;
using NewsGraph.Gateway.Tags;
using NewsGraph.Testing.Gateway;

namespace NewsGraph.Testing.Specifications;

/// <summary>What every database behind <see cref="INewsWriter"/> promises.</summary>
public abstract class StorageSpecification : IAsyncLifetime
{
    private const int Writers = 32;

    /// <summary>The test's database.</summary>
    protected TestStorage Storage { get; private set; } = null!;

    /// <summary>The settings of section <c>Storage</c> that choose the database, by name.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <summary>How many acts run at the same time.</summary>
    protected virtual int ConcurrentActs => 1;

    public async ValueTask InitializeAsync() => Storage = await TestStorage.StartAsync(Settings, await CreatePostgresAsync());

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Storage.DisposeAsync();
    }

    [Fact]
    public async Task A_failed_act_leaves_no_trace_and_the_acts_beside_it_survive()
    {
        await Storage.WriteAsync(scope => AddAsync(scope, "taken")).WaitAsync(Waiting.Limit);
        var (first, release) = Block("first");
        var thrown = Storage.WriteAsync(async scope =>
        {
            await AddAsync(scope, "half");
            throw new InvalidOperationException("The act failed.");
        });
        var doubled = Storage.WriteAsync(scope => AddAsync(scope, "taken"));
        var last = Storage.WriteAsync(scope => AddAsync(scope, "last"));
        release.SetResult();

        await Task.WhenAll(first, last).WaitAsync(Waiting.Limit);
        await Assert.ThrowsAsync<InvalidOperationException>(() => thrown.WaitAsync(Waiting.Limit));
        await Assert.ThrowsAsync<DbUpdateException>(() => doubled.WaitAsync(Waiting.Limit));
        Assert.Equal(["first", "last", "taken"], await SlugsAsync());
    }

    [Fact]
    public async Task A_waiting_act_that_is_cancelled_is_not_run()
    {
        using var cancel = new CancellationTokenSource();
        var ran = false;
        var (first, release) = Block("first");
        var withdrawn = Storage.WriteAsync(
            scope =>
            {
                ran = true;
                return AddAsync(scope, "withdrawn");
            },
            cancel.Token);
        var last = Storage.WriteAsync(scope => AddAsync(scope, "last"));

        await cancel.CancelAsync();
        release.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawn.WaitAsync(Waiting.Limit));
        await Task.WhenAll(first, last).WaitAsync(Waiting.Limit);
        Assert.False(ran);
        Assert.Equal(["first", "last"], await SlugsAsync());
    }

    [Fact]
    public async Task An_act_that_has_begun_is_finished_although_its_caller_gives_up()
    {
        using var cancel = new CancellationTokenSource();
        var act = Storage.WriteAsync(
            async scope =>
            {
                await cancel.CancelAsync();
                await AddAsync(scope, "begun");
            },
            cancel.Token);

        await act.WaitAsync(Waiting.Limit);

        Assert.Equal(["begun"], await SlugsAsync());
    }

    [Fact]
    public async Task What_follows_a_commit_sees_the_change_and_comes_before_the_caller_hears()
    {
        List<string> seen = [];
        await Storage.WriteAsync(async scope =>
        {
            scope.AfterCommit(() =>
            {
                using var db = Storage.Databases.CreateDbContext();
                seen.AddRange(db.Set<Tag>().Select(t => t.Slug));
            });
            scope.AfterCommit(() => seen.Add("second hook"));
            await AddAsync(scope, "kept");
        }).WaitAsync(Waiting.Limit);

        Assert.Equal(["kept", "second hook"], seen);
    }

    [Fact]
    public async Task Nothing_follows_an_act_that_failed()
    {
        var followed = false;

        await Assert.ThrowsAsync<InvalidOperationException>(() => Storage.WriteAsync(scope =>
        {
            scope.AfterCommit(() => followed = true);
            throw new InvalidOperationException("The act failed.");
        }).WaitAsync(Waiting.Limit));
        await Storage.WriteAsync(scope => AddAsync(scope, "next")).WaitAsync(Waiting.Limit);

        Assert.False(followed);
    }

    [Fact]
    public async Task What_fails_after_a_commit_fails_neither_its_act_nor_others()
    {
        var followed = false;
        var (first, release) = Block("first");
        var faulty = Storage.WriteAsync(scope =>
        {
            scope.AfterCommit(() => throw new InvalidOperationException("The hook failed."));
            scope.AfterCommit(() => followed = true);
            return AddAsync(scope, "faulty");
        });
        var last = Storage.WriteAsync(scope => AddAsync(scope, "last"));
        release.SetResult();

        await Task.WhenAll(first, faulty, last).WaitAsync(Waiting.Limit);

        Assert.True(followed);
        Assert.Equal(["faulty", "first", "last"], await SlugsAsync());
    }

    [Fact]
    public async Task No_change_is_lost_among_acts_that_lock_what_they_change()
    {
        const int Each = 8;
        await Storage.WriteAsync(scope => AddAsync(scope, "counter"));
        var id = await Storage.ReadAsync(db => db.Set<Tag>().Select(t => t.Id).SingleAsync());

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await Storage.WriteAsync(async scope =>
                {
                    await scope.LockAsync<Tag>([id], CancellationToken.None);
                    var counter = await scope.Db.Set<Tag>().SingleAsync();
                    counter.ArticleCount++;
                });
            }
        }))).WaitAsync(Waiting.Limit);

        Assert.Equal(Writers * Each, await Storage.ReadAsync(db => db.Set<Tag>().Select(t => t.ArticleCount).SingleAsync()));
    }

    [Fact]
    public async Task Acts_that_lock_the_same_name_follow_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => Storage.WriteAsync(async scope =>
        {
            await scope.LockAsync("first come", CancellationToken.None);
            if (!await scope.Db.Set<Tag>().AnyAsync())
            {
                await AddAsync(scope, $"{n}");
            }
        })))).WaitAsync(Waiting.Limit);

        Assert.Single(await SlugsAsync());
    }

    [Fact]
    public async Task Acts_that_lock_several_rows_do_not_wait_for_each_other()
    {
        await Storage.WriteAsync(async scope =>
        {
            await AddAsync(scope, "a");
            await AddAsync(scope, "b");
        });
        var ids = await Storage.ReadAsync(db => db.Set<Tag>().Select(t => t.Id).ToListAsync());
        var runs = 0;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(n => Task.Run(() => Storage.WriteAsync(async scope =>
        {
            Interlocked.Increment(ref runs);
            await scope.LockAsync<Tag>(n % 2 == 0 ? [ids[0], ids[1]] : [ids[1], ids[0]], CancellationToken.None);
            await scope.Db.Set<Tag>().ExecuteUpdateAsync(set => set.SetProperty(t => t.ArticleCount, t => t.ArticleCount + 1));
        })))).WaitAsync(Waiting.Limit);

        Assert.Equal(Writers, runs);
        Assert.Equal([Writers, Writers], await Storage.ReadAsync(db => db.Set<Tag>().Select(t => t.ArticleCount).ToListAsync()));
    }

    [Fact]
    public async Task Two_that_store_the_same_at_once_end_with_one_row_and_no_error()
    {
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(() => Storage.WriteAsync(async scope =>
        {
            if (!await scope.Db.Set<Tag>().AnyAsync(t => t.Slug == "same"))
            {
                await AddAsync(scope, "same");
            }
        })))).WaitAsync(Waiting.Limit);

        Assert.Equal(["same"], await SlugsAsync());
    }

    [Fact]
    public async Task A_writer_that_closes_finishes_what_was_let_in_and_lets_nothing_more_in()
    {
        var (first, release) = Block("0");
        var waiting = Enumerable.Range(1, 9).Select(n => Storage.WriteAsync(scope => AddAsync(scope, $"{n}"))).ToList();

        var closing = Storage.CloseWriterAsync();
        var refusal = await Assert.ThrowsAsync<RequestError>(() => Storage.WriteAsync(scope => AddAsync(scope, "late")).WaitAsync(Waiting.Limit));
        release.SetResult();
        await closing;

        await Task.WhenAll([first, .. waiting]).WaitAsync(Waiting.Limit);
        Assert.Equal(Enumerable.Range(0, 10).Select(n => $"{n}"), await SlugsAsync());
        Assert.Equal(ErrorCodes.ShuttingDown, refusal.Code);
    }

    [Fact]
    public async Task Preparing_again_changes_nothing_and_keeps_the_epoch()
    {
        await Storage.WriteAsync(scope => AddAsync(scope, "kept"));
        var epoch = Storage.Setup.Epoch;

        await Storage.Setup.PrepareAsync(CancellationToken.None).WaitAsync(Waiting.Limit);

        Assert.NotEqual(Guid.Empty, epoch);
        Assert.Equal(epoch, Storage.Setup.Epoch);
        Assert.Equal(1, await Storage.ReadAsync(db => db.Set<DatabaseIdentity>().CountAsync()));
        Assert.Equal(["kept"], await SlugsAsync());
    }

    /// <summary>The connection string of the test's PostgreSQL database; null for SQLite.</summary>
    protected virtual Task<string?> CreatePostgresAsync() => Task.FromResult<string?>(null);

    /// <summary>Adds a tag and sends it to the database.</summary>
    protected static Task AddAsync(WriteScope scope, string slug)
    {
        scope.Db.Add(new Tag { Name = slug, Slug = slug });
        return scope.Db.SaveChangesAsync();
    }

    /// <summary>The tags there are.</summary>
    protected Task<List<string>> SlugsAsync() => Storage.ReadAsync(db => db.Set<Tag>().Select(t => t.Slug).OrderBy(s => s).ToListAsync());

    /// <summary>Begins an act that adds a tag once it is released; what is written meanwhile waits behind it.</summary>
    protected (Task Act, TaskCompletionSource Release) Block(string slug)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = Enumerable.Range(1, ConcurrentActs - 1).Select(_ => Storage.WriteAsync(_ => release.Task.WaitAsync(Waiting.Limit))).ToList();
        var act = Storage.WriteAsync(async scope =>
        {
            await release.Task.WaitAsync(Waiting.Limit);
            await AddAsync(scope, slug);
        });
        return (Task.WhenAll([act, .. others]), release);
    }
}
