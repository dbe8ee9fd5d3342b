package io.codeploy.multiquery.prompt;

import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/**
 * The terminal that the process was started on, with a line editor. Takes over what Ctrl-C does.
 *
 * <p>JLine drives the terminal through {@code stty}: its native library would have to be allowed to
 * load, and is not needed for a line every few seconds.
 */
public final class TerminalKeyboard implements Keyboard {
  private static final Size USUAL = new Size(80, 24);

  private final Terminal terminal;
  private final LineReader reader;
  private final Supplier<Set<String>> groups;
  private Optional<PromptState> shown = Optional.empty();
  // Written by the thread that runs commands, read by those that deliver signals.
  private volatile Runnable interrupted = () -> {};

  /**
   * The one of this process.
   *
   * @param history where lines are kept, if they are
   * @param groups names of groups to complete from
   * @throws IOException if there is no such terminal, or the history is none
   */
  public static TerminalKeyboard open(Optional<Path> history, Supplier<Set<String>> groups)
      throws IOException {
    Terminal terminal =
        TerminalBuilder.builder().system(true).provider("exec").nativeSignals(false).build();
    if (terminal.getWidth() == 0) {
      terminal.setSize(USUAL);
    }
    return new TerminalKeyboard(terminal, history, groups);
  }

  /** One on {@code terminal}, which is closed with this. */
  TerminalKeyboard(Terminal terminal, Optional<Path> history, Supplier<Set<String>> groups)
      throws IOException {
    this.terminal = terminal;
    this.groups = groups;
    this.reader = reader(terminal, history, this::complete);
    terminal.handle(Signal.INT, signal -> interrupted.run());
  }

  private static LineReader reader(Terminal terminal, Optional<Path> history, Completer completer)
      throws IOException {
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("multiquery")
            .parser(new TerminalParser())
            .completer(completer)
            .variable(LineReader.HISTORY_SIZE, 1000)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "")
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .option(Option.HISTORY_IGNORE_SPACE, true)
            .option(Option.HISTORY_REDUCE_BLANKS, false)
            .build();
    history.ifPresent(file -> reader.setVariable(LineReader.HISTORY_FILE, file));
    try {
      reader.getHistory().attach(reader);
      return reader;
    } catch (UncheckedIOException e) {
      throw new IOException(
          history.orElseThrow() + " is no history of lines; delete it: " + e.getMessage(), e);
    }
  }

  private void complete(LineReader asking, ParsedLine line, List<Candidate> candidates) {
    String before = line.line().substring(0, line.cursor());
    Completions found = Completions.of(before, shown.orElseThrow(), groups.get());
    for (String text : found.texts()) {
      // JLine would also take what has the word in its middle.
      if (text.startsWith(line.word())) {
        candidates.add(new Candidate(text, text, null, null, null, null, found.closed()));
      }
    }
  }

  /**
   * A thread of its own edits the line. JLine's answer to Ctrl-C is to interrupt the thread that
   * edits, which must not be taken for an interruption of the one that asks.
   */
  @Override
  public Typed next(String prompt, PromptState state) {
    shown = Optional.of(state);
    FutureTask<Typed> line = new FutureTask<>(() -> edited(prompt));
    Thread editor = Thread.ofPlatform().name("keyboard").daemon().start(line);
    try {
      return line.get();
    } catch (InterruptedException e) {
      editor.interrupt();
      leave(line);
      Thread.currentThread().interrupt();
      return new Typed.Interrupted();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the line editor failed", e.getCause());
    }
  }

  private Typed edited(String prompt) {
    try {
      return new Typed.Text(reader.readLine(prompt));
    } catch (UserInterruptException e) {
      return new Typed.Cleared();
    } catch (EndOfFileException | IOError e) {
      // An error of the terminal is the end of it: nobody is there to be told.
      return new Typed.Ended();
    }
  }

  /** Waits until the terminal is as it was before the line. */
  private static void leave(FutureTask<Typed> line) {
    try {
      line.get();
    } catch (InterruptedException | ExecutionException e) {
      // Told twice to go, or it failed: then the terminal is restored when it is closed.
    }
  }

  @Override
  public void onInterrupt(Runnable action) {
    interrupted = action;
  }

  @Override
  public List<String> history() {
    List<String> lines = new ArrayList<>();
    for (History.Entry entry : reader.getHistory()) {
      lines.add(entry.line());
    }
    return lines;
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      // It is as it was, or gone.
    }
  }
}
