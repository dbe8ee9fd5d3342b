/**
 * The {@code codeploy} command: arguments and environment to a request, outcomes to an exit status.
 *
 * <p>Read {@link io.codeploy.cli.command.CodeployCommand} first. {@code Arguments} is what picocli
 * is told, in its programmatic model (annotations cost 110 to 150 ms of start-up); {@code
 * RequestTranslation} makes the immutable request; {@code Wiring} is the only place that puts the
 * engines together. What it has in common with the other commands comes from {@code
 * multiquery.command}.
 */
@NullMarked
package io.codeploy.cli.command;

import org.jspecify.annotations.NullMarked;
