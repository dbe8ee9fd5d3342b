package io.codeploy.agent.apply;

import io.codeploy.agent.plan.IoProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The errors of a deployment, in the order in which they came up. Many paths with one reason become
 * few lines: a full disk is one problem, not a hundred thousand. Safe for use by many threads.
 */
final class Problems {
  private static final int PATHS_A_REASON = 10;

  /** A path may hold any character; a line may not. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final Path root;

  /** Paths by reason. Guarded by {@link #lock}. */
  private final Map<String, List<String>> paths = new LinkedHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();

  /** Of a deployment to {@code root}. */
  Problems(Path root) {
    this.root = root;
  }

  /** Of the whole deployment. */
  void add(String reason) {
    keep(root.toString(), reason);
  }

  /** At {@code path}, relative to the root. */
  void add(String path, String reason) {
    keep(root + "/" + path, reason);
  }

  private void keep(String path, String reason) {
    lock.lock();
    try {
      paths.computeIfAbsent(reason, key -> new ArrayList<>()).add(path);
    } finally {
      lock.unlock();
    }
  }

  void add(String path, IOException e) {
    add(path, IoProblem.reason(e));
  }

  /** One line each: {@code path: reason}, with whole paths. */
  List<String> lines() {
    lock.lock();
    try {
      List<String> lines = new ArrayList<>();
      paths.forEach((reason, all) -> fold(reason, all, lines));
      return lines;
    } finally {
      lock.unlock();
    }
  }

  private static void fold(String reason, List<String> all, List<String> lines) {
    all.stream()
        .limit(PATHS_A_REASON)
        .forEach(path -> lines.add(CONTROL.matcher(path + ": " + reason).replaceAll("?")));
    if (all.size() > PATHS_A_REASON) {
      lines.add((all.size() - PATHS_A_REASON) + " more paths: " + reason);
    }
  }
}
