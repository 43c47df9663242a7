using NewsGraph.Gateway.Commands;

// What can be run:  Commands/   serve (the default), import, schema, drill, and how settings are given
// How it is built:  Hosting/    services, pipeline, what happens before the first request
// What is in it:    one folder per feature, each with its registration (AddArticles(), AddComments(), …)
return await GatewayCommands.RunAsync(args);
