package io.codeploy.multicopy.push;

import io.codeploy.multicopy.compress.Squeezing;
import io.codeploy.multicopy.plan.Selection;
import io.codeploy.multicopy.source.Sources;

/** What the pushes of a run have in common. */
public record PushMeans(Sources sources, Selection selection, Squeezing squeezing) {}
