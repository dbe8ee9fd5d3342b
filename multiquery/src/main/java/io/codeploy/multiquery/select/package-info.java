/**
 * Which nodes a run is for.
 *
 * <p>{@link io.codeploy.multiquery.select.Selector} resolves a {@link
 * io.codeploy.multiquery.select.Selection}, which is what the options say. {@code ExpressionParser}
 * turns {@code n[1-9],@web!n3} into an {@code Expression}; {@code Resolution} evaluates it, asking
 * the list and {@code inventory} for what it names. Depends on {@code node} and {@code inventory}.
 */
@NullMarked
package io.codeploy.multiquery.select;

import org.jspecify.annotations.NullMarked;
