package io.codeploy.multicopy.transfer;

import io.codeploy.multicopy.rate.Brakes;
import io.codeploy.multicopy.source.Sources;
import io.codeploy.multiquery.connect.Connector;
import io.codeploy.multiquery.fanout.TimeSource;

/** What the copies of one run have in common. */
record CopyMeans(
    Connector connector, TimeSource time, CopyRequest request, Sources sources, Brakes brakes) {}
