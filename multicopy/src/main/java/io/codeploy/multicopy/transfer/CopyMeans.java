package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.expand.Location;
import io.codeploy.multicopy.expand.NodeCopy;
import io.codeploy.multicopy.rate.Brakes;
import io.codeploy.multicopy.relay.RelayPlace;
import io.codeploy.multicopy.relay.RelayRun;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;
import java.util.Optional;

/** What the copies of one run have in common. */
record CopyMeans(
    Connector connector,
    TimeSource time,
    CopyRequest request,
    Sources sources,
    Brakes brakes,
    Optional<RelayRun> relay) {
  /** Those of a run that is about to begin. */
  static CopyMeans of(Connector connector, TimeSource time, CopyRequest request) {
    Sources sources =
        new Sources(request.selection().exclusion(), request.selection().details(), time);
    return new CopyMeans(
        connector,
        time,
        request,
        sources,
        new Brakes(request.sending().rates(), time),
        request.relay().map(how -> RelayRun.of(how, request.copies(), sources, time)));
  }

  /**
   * Has the sources of the first push listed while connections are made. Those of others may be
   * others, one for each of very many nodes.
   */
  void prepare() {
    request.copies().stream()
        .limit(1)
        .filter(copy -> copy.destination() instanceof Location.Remote)
        .flatMap(copy -> copy.sources().stream())
        .filter(Location.Local.class::isInstance)
        .forEach(source -> sources.prepare(source.path()));
  }

  /** The place of a copy in what is relayed. */
  Optional<RelayPlace> place(NodeCopy copy) {
    return relay.flatMap(run -> run.place(copy));
  }
}
