using NewsGraph.Load;

// What is measured:  Fanout/    comments to many subscribers, against Raw/, a server that only broadcasts
//                    Idle/      what a waiting subscriber costs
// With what:         Sockets/   thousands of WebSockets read by one thread
//                    Generate/  the news that reading is measured with
return await LoadCommands.RunAsync(args);
