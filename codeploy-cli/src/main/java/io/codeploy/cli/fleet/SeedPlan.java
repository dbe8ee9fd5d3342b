package io.codeploy.cli.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Who gives the agent's image to whom. The first few nodes get it from this machine; each node that
 * has an agent is a seed, from which others get it, two at a time, so that what is under way
 * doubles with each round. Arithmetic alone: nothing here blocks, reads a clock or is safe for
 * threads.
 */
final class SeedPlan {
  /** Sent from here as long as nobody else has it, and no more if all goes well. */
  static final int COPIES = 3;

  /** By this machine at once: with more, the first seed would only be there later. */
  static final int SENDING = 2;

  /** By a seed at once. */
  static final int SERVING = 2;

  /** Seeds that a node tries before it is sent the image from here. */
  static final int TRIES = 2;

  /** Failures in a row after which a seed is asked no more. */
  static final int STRIKES = 2;

  /** Failures without any success after which no seed is: nodes do not reach each other. */
  static final int FUTILE = 6;

  /** Who has waited for so long with no seed in sight is a reason to send one more at once. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The same while there are seeds, all of them busy, and something is sent from here already. */
  static final Duration BUSY_PATIENCE = Duration.ofMinutes(10);

  private final List<Seed> seeds = new ArrayList<>();

  /** Nodes of each site that are getting the image, or starting their agent with it. */
  private final Map<String, Integer> coming = new HashMap<>();

  /** When a node of each site last began to get the image: while seeds give, that goes on. */
  private final Map<String, Long> begunNanos = new HashMap<>();

  private int sending;
  private int copies;
  private int failures;

  /** What a node that wants the image is to do. */
  sealed interface Step {
    /** To be sent it from here. */
    record Send() implements Step {}

    /** To fetch it from the seed of that number. */
    record Fetch(int seed) implements Step {}

    /** To ask again when something has changed, or a while later. */
    record Wait() implements Step {}
  }

  /** What came of asking a seed. */
  enum Answer {
    /** The image. */
    GOT,
    /** Nothing, or not all of it. */
    LOST,
    /** Something else. */
    FALSE,
    /** Its agent cannot be told of the node. */
    SHUT,
    /** The node can take it from no seed. */
    UNABLE
  }

  /**
   * A node that wants the image.
   *
   * @param tried seeds that it did not get it from
   * @param able whether it can take the image from a seed at all
   */
  record Asker(String site, long sinceNanos, Set<Integer> tried, boolean able) {
    /** One that has asked nobody yet. */
    static Asker first(String site, long sinceNanos) {
      return new Asker(site, sinceNanos, Set.of(), true);
    }

    /** The same after it has not got the image from a seed. */
    Asker after(Step.Fetch fetch, Answer answer) {
      Set<Integer> all = new HashSet<>(tried);
      if (answer != Answer.SHUT) {
        all.add(fetch.seed());
      }
      return new Asker(site, sinceNanos, Set.copyOf(all), able && answer != Answer.UNABLE);
    }
  }

  private static final class Seed {
    private final String site;
    private int serving;
    private int strikes;
    private boolean gone;

    Seed(String site) {
      this.site = site;
    }
  }

  /** What {@code asker} is to do; it counts as begun. */
  Step next(Asker asker, long nowNanos) {
    if (!asker.able() || asker.tried().size() >= TRIES || failures >= FUTILE) {
      return send(asker, nowNanos);
    }
    List<Integer> usable =
        IntStream.range(0, seeds.size())
            .filter(i -> !seeds.get(i).gone && !asker.tried().contains(i))
            .boxed()
            .toList();
    OptionalInt free = free(asker, usable);
    if (free.isPresent()) {
      seeds.get(free.getAsInt()).serving++;
      begin(asker, nowNanos);
      return new Step.Fetch(free.getAsInt());
    }
    boolean hope = !usable.isEmpty() || !coming.isEmpty();
    int more = usable.isEmpty() ? more(asker, PATIENCE, nowNanos) : moreThanSeeds(asker, nowNanos);
    boolean due = sending < SENDING + more && (copies < COPIES || more > 0);
    return due || !hope ? send(asker, nowNanos) : new Step.Wait();
  }

  /** The image has arrived whole: what gave it is free again. */
  void arrived(Step step) {
    switch (step) {
      case Step.Send send -> sending--;
      case Step.Fetch fetch -> {
        answered(fetch.seed(), Answer.GOT);
        failures = 0;
      }
      case Step.Wait wait -> {}
    }
  }

  /** The image has not arrived, and whoever was to give it is not to blame for it. */
  void broken(Step step, String site) {
    switch (step) {
      case Step.Send send -> {
        sending--;
        copies--;
      }
      case Step.Fetch fetch -> seeds.get(fetch.seed()).serving--;
      case Step.Wait wait -> {}
    }
    over(site);
  }

  /** A seed has not given the image. */
  void refused(Step.Fetch fetch, Answer answer, String site) {
    answered(fetch.seed(), answer);
    failures += answer == Answer.SHUT || answer == Answer.UNABLE ? 0 : 1;
    over(site);
  }

  /** A node that got the image is a seed by now, or will not be one. */
  void over(String site) {
    coming.computeIfPresent(site, (name, count) -> count > 1 ? count - 1 : null);
  }

  /** A node has an agent and can give the image on. Returns the number of the seed. */
  int seed(String site) {
    seeds.add(new Seed(site));
    return seeds.size() - 1;
  }

  private Step send(Asker asker, long nowNanos) {
    sending++;
    copies++;
    begin(asker, nowNanos);
    return new Step.Send();
  }

  private void begin(Asker asker, long nowNanos) {
    coming.merge(asker.site(), 1, Integer::sum);
    begunNanos.put(asker.site(), nowNanos);
  }

  /**
   * The least busy seed of the asker's site, if one there is free; where the site has none yet, one
   * of another site, for one node of it at a time: between sites the image is to go once.
   */
  private OptionalInt free(Asker asker, List<Integer> usable) {
    List<Integer> own =
        usable.stream().filter(i -> seeds.get(i).site.equals(asker.site())).toList();
    boolean await = own.isEmpty() && coming.containsKey(asker.site());
    return (own.isEmpty() ? usable : own)
        .stream()
            .filter(i -> !await && seeds.get(i).serving < SERVING)
            .min(Comparator.comparingInt(i -> seeds.get(i).serving))
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
  }

  /** Where nothing is sent from here, one as soon as nothing moves in the asker's site. */
  private int moreThanSeeds(Asker asker, long nowNanos) {
    long begun = begunNanos.getOrDefault(asker.site(), asker.sinceNanos());
    boolean crawls = nowNanos - Math.max(begun, asker.sinceNanos()) >= PATIENCE.toNanos();
    return sending == 0 && crawls ? 1 : more(asker, BUSY_PATIENCE, nowNanos);
  }

  /** One for one patience, two for two, three for four. */
  private static int more(Asker asker, Duration patience, long nowNanos) {
    long patiences = (nowNanos - asker.sinceNanos()) / patience.toNanos();
    return Long.SIZE - Long.numberOfLeadingZeros(patiences);
  }

  private void answered(int number, Answer answer) {
    Seed seed = seeds.get(number);
    seed.serving--;
    switch (answer) {
      case GOT -> seed.strikes = 0;
      case LOST -> seed.strikes++;
      case FALSE, SHUT -> seed.gone = true;
      case UNABLE -> {}
    }
    seed.gone |= seed.strikes >= STRIKES;
  }
}
