/**
 * The {@code multiquery} command, and what the commands of the house share: {@link
 * io.codeploy.multiquery.command.Program} (process, signals, exit), {@link
 * io.codeploy.multiquery.command.Surroundings} (environment), {@link
 * io.codeploy.multiquery.command.RunSettings} (MQ_ variables and their options) and {@link
 * io.codeploy.multiquery.command.ExitCode}.
 *
 * <p>Path of a call: {@code Main} → {@code MultiqueryCommand} parses into a request → {@code
 * QueryEngine} → view → exit status. picocli's programmatic model is used, since annotations cost
 * more than all the rest of a start.
 */
@NullMarked
package io.codeploy.multiquery.command;

import org.jspecify.annotations.NullMarked;
