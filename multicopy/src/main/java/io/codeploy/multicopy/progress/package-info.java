/**
 * How far the copy for one node is, and the watch that ends one that stands still.
 *
 * <p>Depends on multiquery alone.
 */
@NullMarked
package io.codeploy.multicopy.progress;

import org.jspecify.annotations.NullMarked;
