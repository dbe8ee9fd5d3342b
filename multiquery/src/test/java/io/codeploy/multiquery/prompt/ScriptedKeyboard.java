package io.codeploy.multiquery.prompt;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Somebody who types what a test says, and reads prompts. */
public class ScriptedKeyboard implements Keyboard {
  private final Deque<Typed> script = new ArrayDeque<>();
  private final List<String> prompts = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private volatile Runnable onInterrupt = () -> {};
  private boolean closed;

  /** Types {@code lines}, then presses Ctrl-D. */
  public ScriptedKeyboard(String... lines) {
    for (String line : lines) {
      script.add(new Typed.Text(line));
    }
  }

  /** Then this happens. */
  public ScriptedKeyboard then(Typed typed) {
    script.add(typed);
    return this;
  }

  /** Presses Ctrl-C while a command runs. */
  public void pressInterrupt() {
    onInterrupt.run();
  }

  /** What was shown before each line. */
  public List<String> prompts() {
    return prompts;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public Typed next(String prompt, PromptState state) {
    prompts.add(prompt);
    Typed typed = script.isEmpty() ? new Typed.Ended() : script.remove();
    if (typed instanceof Typed.Text text) {
      lines.add(text.text());
    }
    return typed;
  }

  @Override
  public void onInterrupt(Runnable action) {
    onInterrupt = action;
  }

  @Override
  public List<String> history() {
    return lines;
  }

  @Override
  public void close() {
    closed = true;
  }
}
