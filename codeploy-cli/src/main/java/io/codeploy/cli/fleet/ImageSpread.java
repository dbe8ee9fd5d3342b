package io.codeploy.cli.fleet;

import io.codeploy.agent.control.SeedRequest;
import io.codeploy.chunkcache.http.BearerToken;
import io.codeploy.cli.fleet.Bootstrap.Fetched;
import io.codeploy.cli.fleet.Bootstrap.Source;
import io.codeploy.cli.fleet.SeedPlan.Answer;
import io.codeploy.cli.fleet.SeedPlan.Asker;
import io.codeploy.cli.fleet.SeedPlan.Step;
import io.codeploy.multiquery.connect.Connection;
import io.codeploy.multiquery.connect.NodeFailedException;
import io.codeploy.multiquery.fanout.TimeSource;
import io.codeploy.multiquery.node.NodeFailure.TimedOut;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way of one image to all nodes that lack it: threads of nodes ask {@link SeedPlan}, wait, and
 * do what it says. Safe for use by many threads.
 */
final class ImageSpread {
  /** Nothing but a node's patience changes without a signal. */
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final AgentImage image;
  private final Bootstrap bootstrap;
  private final TimeSource time;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@link #lock}, as is all below. */
  private final SeedPlan plan = new SeedPlan();

  private final List<Seed> seeds = new ArrayList<>();
  private SpreadTally tally = new SpreadTally(0, 0, 0, "");

  /** Tells a seed's agent of a node that will come for the image. */
  @FunctionalInterface
  interface Door {
    void open(SeedRequest request) throws NodeFailedException, InterruptedException;
  }

  /** A node with the image, whose agent listens at that address. */
  record Seed(String node, String site, String host, int port, Door door) {}

  ImageSpread(AgentImage image, Bootstrap bootstrap, TimeSource time) {
    this.image = image;
    this.bootstrap = bootstrap;
    this.time = time;
  }

  /** What happened so far. */
  SpreadTally tally() {
    lock.lock();
    try {
      return tally;
    } finally {
      lock.unlock();
    }
  }

  /** From now on others get the image there. */
  void add(Seed seed) {
    lock.lock();
    try {
      plan.seed(seed.site());
      seeds.add(seed);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Brings the image to a node that lacks it; blocks until it is installed.
   *
   * @return to be closed when the node has become a seed, or will not
   */
  Copy install(Connection connection, NodeFacts node, String site)
      throws NodeFailedException, InterruptedException {
    Asker asker = Asker.first(site, time.nanoTime());
    while (true) {
      Copy copy = new Copy(next(asker), site);
      boolean installed = false;
      try {
        Optional<Asker> again = bring(connection, node, copy, asker);
        installed = again.isEmpty();
        if (installed) {
          return copy;
        }
        asker = again.get();
      } finally {
        if (!installed) {
          copy.close();
        }
      }
    }
  }

  /** Returns who asks again; nobody once the image is installed. */
  private Optional<Asker> bring(Connection connection, NodeFacts node, Copy copy, Asker asker)
      throws NodeFailedException, InterruptedException {
    return switch (copy.step) {
      case Step.Send send -> {
        bootstrap.send(connection, node, image, copy::arrived);
        copy.arrived();
        yield Optional.empty();
      }
      case Step.Fetch fetch -> {
        Seed seed = seed(fetch.seed());
        Fetched fetched = fetch(connection, node, seed, copy);
        if (fetched.answer() == Answer.GOT) {
          copy.arrived();
          yield Optional.empty();
        }
        String why =
            "%s did not get it from %s: %s"
                .formatted(connection.node(), seed.node(), fetched.why());
        copy.refused(fetch, fetched.answer(), why);
        yield Optional.of(asker.after(fetch, fetched.answer()));
      }
      case Step.Wait wait -> throw new IllegalStateException("waiting is no way");
    };
  }

  private Fetched fetch(Connection connection, NodeFacts node, Seed seed, Copy copy)
      throws NodeFailedException, InterruptedException {
    BearerToken token = BearerToken.random(random);
    try {
      seed.door().open(new SeedRequest(image.digest().toString(), token.hex()));
    } catch (NodeFailedException e) {
      return new Fetched(Answer.SHUT, e.failure().message());
    }
    try {
      return bootstrap.fetch(
          connection, node, image, new Source(seed.host(), seed.port(), token), copy::arrived);
    } catch (NodeFailedException e) {
      if (e.failure() instanceof TimedOut && !copy.hasArrived()) {
        return new Fetched(Answer.LOST, e.failure().message());
      }
      throw e;
    }
  }

  private Step next(Asker asker) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Step step = plan.next(asker, time.nanoTime());
      while (step instanceof Step.Wait) {
        changed.awaitNanos(LOOK.toNanos());
        step = plan.next(asker, time.nanoTime());
      }
      return step;
    } finally {
      lock.unlock();
    }
  }

  private Seed seed(int number) {
    lock.lock();
    try {
      return seeds.get(number);
    } finally {
      lock.unlock();
    }
  }

  /** One way of the image to one node, from the step to the end of what the plan counts on. */
  final class Copy implements AutoCloseable {
    private final Step step;
    private final String site;
    private Stage stage = Stage.UNDER_WAY;

    private Copy(Step step, String site) {
      this.step = step;
      this.site = site;
    }

    private void arrived() {
      change(
          Stage.UNDER_WAY,
          Stage.ARRIVED,
          () -> {
            plan.arrived(step);
            tally = step instanceof Step.Send ? tally.oneSent() : tally.oneGiven();
          });
    }

    private boolean hasArrived() {
      lock.lock();
      try {
        return stage != Stage.UNDER_WAY;
      } finally {
        lock.unlock();
      }
    }

    private void refused(Step.Fetch fetch, Answer answer, String why) {
      change(
          Stage.UNDER_WAY,
          Stage.OVER,
          () -> {
            plan.refused(fetch, answer, site);
            tally = tally.oneLost(why);
          });
    }

    @Override
    public void close() {
      change(Stage.UNDER_WAY, Stage.OVER, () -> plan.broken(step, site));
      change(Stage.ARRIVED, Stage.OVER, () -> plan.over(site));
    }

    private void change(Stage from, Stage to, Runnable change) {
      lock.lock();
      try {
        if (stage == from) {
          stage = to;
          change.run();
          changed.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private enum Stage {
    UNDER_WAY,
    ARRIVED,
    OVER
  }
}
