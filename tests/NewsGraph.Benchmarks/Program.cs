using NewsGraph.Benchmarks;

// What is measured:  Reading/     the two pages, against Reading/Limits/, which runs in a process of its own
//                    Scaling/     the same on a large database, against a small one
//                    Paging/      page 1,000 of a connection, against page 1
//                    Allocating/  allocated bytes, which CI holds
//                    Starting/    a published program, from its start to full speed
//                    StartUp.cs, IdleSubscribers.cs: with the demo content
return await BenchmarkCommands.RunAsync(args);
