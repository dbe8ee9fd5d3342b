/**
 * Compression of what is pushed, where it pays: {@code --compress}.
 *
 * <p>{@link io.codeploy.multicopy.compress.Compression} is what was asked for, {@link
 * io.codeploy.multicopy.compress.Codec} what a node can undo, {@link
 * io.codeploy.multicopy.compress.SqueezedInput} the stream. The only user of zstd in this module.
 */
@NullMarked
package io.codeploy.multicopy.compress;

import org.jspecify.annotations.NullMarked;
