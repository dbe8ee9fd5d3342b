package io.codeploy.multicopy.compress;

import io.codeploy.multiquery.fanout.TimeSource;
import java.util.function.Predicate;

/** What a run knows of compression before it knows its nodes. */
public record Squeezing(Compression asked, TimeSource time) {
  /**
   * For one node.
   *
   * @param has whether it has a program
   */
  public Squeezer on(Predicate<String> has) {
    return new Squeezer(asked, has, time);
  }
}
