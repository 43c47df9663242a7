using NewsGraph.Benchmarks;

// What is measured:         Reading/   pages, against Reading/Limits/, which runs in a process of its own
//                           StartUp.cs, IdleSubscribers.cs
return await BenchmarkCommands.RunAsync(args);
