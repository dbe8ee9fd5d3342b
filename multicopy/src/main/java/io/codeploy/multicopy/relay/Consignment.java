package io.codeploy.multicopy.relay;

import io.codeploy.multiquery.connect.Connection;
import java.util.List;
import java.util.Objects;

/**
 * What one node is to get.
 *
 * @param connection to it, which stays open meanwhile
 * @param cargo that it is a part of
 * @param directory on the node, which is there; absolute or relative to the login's home directory
 */
public record Consignment(
    Connection connection, Cargo cargo, RelayPlace place, String directory, List<Parcel> parcels) {
  public Consignment {
    Objects.requireNonNull(connection, "connection is null");
    Objects.requireNonNull(cargo, "cargo is null");
    Objects.requireNonNull(place, "place is null");
    Objects.requireNonNull(directory, "directory is null");
    parcels = List.copyOf(parcels);
  }

  /** How much content that is. */
  public long bytes() {
    return parcels.stream().mapToLong(Parcel::bytes).sum();
  }
}
