package io.codeploy.chunkcache.ignore;

import java.text.ParseException;
import java.util.List;
import java.util.function.IntPredicate;

/** Reads the wildcards of gitignore syntax: those of a path, and in it those of its names. */
final class Glob {
  private Glob() {}

  /**
   * What a path has to look like: names, which are characters.
   *
   * @param pattern names with slashes between them
   * @throws ParseException if no path can match
   */
  static Wildcards<List<Integer>> read(String pattern) throws ParseException {
    Cursor cursor = new Cursor(pattern);
    Wildcards.Builder<List<Integer>> path = new Wildcards.Builder<>();
    do {
      readName(cursor, path);
    } while (cursor.passes("/") || cursor.passes("\\/"));
    return path.build();
  }

  private static void readName(Cursor cursor, Wildcards.Builder<List<Integer>> path)
      throws ParseException {
    int stars = 0;
    while (cursor.passes("*")) {
      stars++;
    }
    if (stars < 2 || !endsName(cursor)) {
      path.one(name(cursor, stars > 0)::matches);
      return;
    }
    path.any();
    if (cursor.atEnd()) {
      // What is in a directory, at any depth, is not the directory.
      path.one(name -> true);
    }
  }

  private static Wildcards<Integer> name(Cursor cursor, boolean afterStar) throws ParseException {
    Wildcards.Builder<Integer> name = new Wildcards.Builder<>();
    if (afterStar) {
      name.any();
    }
    while (!endsName(cursor)) {
      if (cursor.passes("*")) {
        name.any();
      } else if (cursor.passes("?")) {
        name.one(any -> true);
      } else if (cursor.passes("[")) {
        IntPredicate set = CharacterSet.read(cursor);
        name.one(set::test);
      } else {
        int character = cursor.character();
        name.one(c -> c == character);
      }
    }
    return name.build();
  }

  private static boolean endsName(Cursor cursor) {
    return cursor.atEnd() || cursor.sees("/") || cursor.sees("\\/");
  }
}
