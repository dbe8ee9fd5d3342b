/**
 * What a copy takes and what it leaves, and what it would do, for pushes and pulls alike. Pure.
 *
 * <p>{@link io.codeploy.multicopy.plan.Selection} is what was asked for, {@link
 * io.codeploy.multicopy.plan.Extras} what goes by {@code --delete}, {@link
 * io.codeploy.multicopy.plan.Plan} what {@code --dry-run} tells. Depends on {@code shell} and
 * {@code source}.
 */
@NullMarked
package io.codeploy.multicopy.plan;

import org.jspecify.annotations.NullMarked;
