package io.codeploy.agent.daemon;

import io.codeploy.chunkcache.http.UploadSlots;
import io.codeploy.chunkcache.store.ChunkStore;
import io.codeploy.chunkcache.swarm.SwarmRoute;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** What all memberships of an agent share. */
record CacheParts(
    ChunkStore store,
    SwarmRoute route,
    UploadSlots uploads,
    LongSupplier nanoClock,
    RandomGenerator random) {}
