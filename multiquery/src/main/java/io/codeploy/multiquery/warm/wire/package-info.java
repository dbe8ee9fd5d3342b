/**
 * What keeper and client say to each other: {@code docs/formats/warm-sessions.md}, and nobody else
 * knows these bytes. Read {@link io.codeploy.multiquery.warm.wire.Wire} first. Depends on {@code
 * socket}, {@code node}, {@code connect} and {@code fanout}.
 */
@NullMarked
package io.codeploy.multiquery.warm.wire;

import org.jspecify.annotations.NullMarked;
