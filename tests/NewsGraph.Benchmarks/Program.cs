Console.WriteLine("NewsGraph benchmarks");
