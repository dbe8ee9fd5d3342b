package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.compress.Compression;
import io.codeploy.multicopy.rate.Rates;
import java.util.Objects;

/**
 * How bytes travel.
 *
 * @param rates how fast they may
 * @param compression of what is pushed
 */
public record Sending(Rates rates, Compression compression) {
  public Sending {
    Objects.requireNonNull(rates, "rates is null");
    Objects.requireNonNull(compression, "compression is null");
  }
}
