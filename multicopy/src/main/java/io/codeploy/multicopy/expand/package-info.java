/**
 * What {@code @} and {@code @:} in the arguments of {@code multicopy} mean for a node.
 *
 * <p>Read {@link io.codeploy.multicopy.expand.CopyArguments}. Pure functions over text; nothing
 * here looks at a disk or at a node. Depends on {@code multiquery.node}.
 */
@NullMarked
package io.codeploy.multicopy.expand;

import org.jspecify.annotations.NullMarked;
