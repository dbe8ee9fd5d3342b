package io.codeploy.multicopy.rate;

import io.codeploy.multiquery.fanout.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The brakes of a run, which share the rate of the whole. */
public final class Brakes {
  private final Rates rates;
  private final TimeSource time;
  private final Optional<TokenBucket> run;

  public Brakes(Rates rates, TimeSource time) {
    this.rates = rates;
    this.time = time;
    this.run =
        rates.run().isPresent()
            ? Optional.of(new TokenBucket(rates.run().getAsLong(), time.nanoTime()))
            : Optional.empty();
  }

  /** The brake of one node. */
  public Brake node() {
    List<TokenBucket> buckets = new ArrayList<>(run.stream().toList());
    rates.node().ifPresent(bytes -> buckets.add(new TokenBucket(bytes, time.nanoTime())));
    return new Brake(buckets, time);
  }
}
