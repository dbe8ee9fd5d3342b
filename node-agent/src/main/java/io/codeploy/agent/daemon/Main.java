package io.codeploy.agent.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The {@code node-agent} program. */
public final class Main {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  /** For the script that starts agents: another one has the directory. */
  private static final int ONE_RUNS = 4;

  private Main() {}

  /** Runs an agent or a relay to its end. */
  public static void main(String[] args) {
    String home = System.getenv().getOrDefault("HOME", System.getProperty("user.home", "/"));
    System.exit(run(Arguments.parse(List.of(args), Path.of(home).toAbsolutePath())));
  }

  private static int run(Arguments arguments) {
    try {
      return switch (arguments) {
        case Arguments.Run run -> agent(run.settings());
        case Arguments.Relay relay -> {
          new Relay(relay.dir()).run(System.in, System.out);
          yield OK;
        }
        case Arguments.Wrong wrong -> {
          System.err.println("node-agent: " + wrong.why());
          System.err.print(Arguments.USAGE);
          yield USAGE;
        }
      };
    } catch (IOException e) {
      System.err.println("node-agent: " + e.getMessage());
      return e instanceof AgentRunsException ? ONE_RUNS : FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int agent(AgentSettings settings) throws IOException, InterruptedException {
    try (Agent agent = Agent.start(settings, System::nanoTime)) {
      Thread end = Thread.ofPlatform().name("agent-end").unstarted(() -> close(agent));
      Runtime.getRuntime().addShutdownHook(end);
      agent.awaitEnd();
      return OK;
    }
  }

  /** On a signal: so that no state file is left that leads nowhere. */
  private static void close(Agent agent) {
    try {
      agent.close();
    } catch (IOException e) {
      System.err.println("node-agent: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
