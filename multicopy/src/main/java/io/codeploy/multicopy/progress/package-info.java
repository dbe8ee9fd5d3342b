/**
 * How far the copy for one node is, and the watch that ends one that stands still.
 *
 * <p>Depends on {@code rate} and on multiquery.
 */
@NullMarked
package io.codeploy.multicopy.progress;

import org.jspecify.annotations.NullMarked;
