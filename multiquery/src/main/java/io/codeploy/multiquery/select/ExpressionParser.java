package io.codeploy.multiquery.select;

import io.codeploy.multiquery.inventory.Glob;
import io.codeploy.multiquery.node.NodeListException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the expressions of {@code -w} and {@code -x}, see {@code docs/formats/node-list.md}: those
 * of pdsh ({@code ^file}, {@code -host}, {@code /regex/}) and of clush ({@code @group}, {@code !},
 * {@code &}, {@code ^}, {@code web*}) in one. Made for each anew.
 */
final class ExpressionParser {
  private static final String GAP = " \t\n\r,";

  private final String text;
  private final ResultSets results;
  private final List<Expression.Operand> operands = new ArrayList<>();
  private final List<Term> filters = new ArrayList<>();
  private final List<Term> exclusions = new ArrayList<>();
  private int at;
  private boolean afterComma;

  private ExpressionParser(String text, ResultSets results) {
    this.text = text;
    this.results = results;
  }

  /**
   * The parts of {@code text}, at least one.
   *
   * @throws NodeListException if it cannot be understood
   */
  static Expression parse(String text) throws NodeListException {
    return parse(text, ResultSets.NONE);
  }

  /**
   * The same where there are result sets: {@code !name} at the beginning of a part or after an
   * operator, and {@code a!name}, which takes such a set away.
   */
  static Expression parse(String text, ResultSets results) throws NodeListException {
    if (text.strip().equals("-")) {
      return Expression.of(new Term.Input());
    }
    return new ExpressionParser(text, results).parse();
  }

  private Expression parse() throws NodeListException {
    boolean gap = true;
    skip(GAP);
    while (at < text.length()) {
      char c = text.charAt(at);
      Optional<Operator> operator = Operator.of(c);
      // After a gap a caret starts a file, and after a comma an exclamation mark a result set.
      if (operator.isPresent() && !(gap && c == '^') && !(beginsPart() && result().isPresent())) {
        at++;
        skip(GAP);
        operate(operator.get(), c);
      } else if (gap) {
        part(c);
      } else {
        throw new NodeListException("a comma is wanted before \"" + text.substring(at) + "\"");
      }
      gap = skip(GAP);
    }
    if (operands.isEmpty() && filters.isEmpty() && exclusions.isEmpty()) {
      throw new NodeListException("names nothing");
    }
    return new Expression(operands, filters, exclusions);
  }

  private void operate(Operator operator, char sign) throws NodeListException {
    if (operands.isEmpty()) {
      throw new NodeListException(sign + " has nothing on its left" + results.reminder());
    }
    Term term = term();
    operands.add(
        new Expression.Operand(operator, operator == Operator.DIFFERENCE ? set(term) : term));
  }

  /** What is taken away is a result set where one is called so: {@code a!failed}. */
  private Term set(Term term) {
    Optional<String> name =
        term instanceof Term.Word word
            ? Optional.of(word.text())
            : term instanceof Term.Label label ? Optional.of(label.text()) : Optional.empty();
    return name.filter(results::knows).<Term>map(Term.Result::new).orElse(term);
  }

  private void part(char first) throws NodeListException {
    switch (first) {
      case '-' -> {
        at++;
        exclusions.add(term());
      }
      case '/' -> filters.add(term());
      default -> operands.add(new Expression.Operand(Operator.UNION, term()));
    }
  }

  private Term term() throws NodeListException {
    Optional<Term.Result> result = result();
    if (result.isPresent()) {
      at += 1 + result.get().name().length();
      return result.get();
    }
    return switch (at < text.length() ? text.charAt(at) : ',') {
      case '^' -> file();
      case '/' -> regex();
      default -> word();
    };
  }

  private Term file() throws NodeListException {
    int comma = text.indexOf(',', at);
    String name = text.substring(at + 1, comma < 0 ? text.length() : comma).strip();
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new NodeListException("^ has no file behind it");
    }
    at = comma < 0 ? text.length() : comma;
    return new Term.FromFile(Path.of(name));
  }

  private Term regex() throws NodeListException {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '/') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    boolean whole = end + 1 >= text.length() || !isWord(text.charAt(end + 1));
    if (end >= text.length() || !whole) {
      String rest = text.substring(at);
      throw new NodeListException("\"" + rest + "\" is no /regex/; write ^" + rest + " for a file");
    }
    String regex = text.substring(at + 1, end);
    at = end + 1;
    try {
      return new Term.Regex(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      throw new NodeListException("/" + regex + "/ is no regex: " + e.getDescription(), e);
    }
  }

  private Term word() throws NodeListException {
    int from = at;
    boolean inBrackets = false;
    while (at < text.length() && (inBrackets || isWord(text.charAt(at)))) {
      char c = text.charAt(at++);
      inBrackets = c == '[' || (inBrackets && c != ']');
    }
    String word = text.substring(from, at);
    if (word.isEmpty()) {
      throw new NodeListException(
          "a node is wanted at the end of \"" + text.substring(0, at) + "\"");
    }
    if (word.startsWith("@")) {
      return new Term.Group(word.substring(1));
    }
    if (word.indexOf('=') >= 0) {
      return new Term.Label(word);
    }
    if (word.replaceAll("\\[[^\\]]*]", "").indexOf('/') >= 0) {
      throw new NodeListException("\"" + word + "\" is not a node; write ^" + word + " for a file");
    }
    return Glob.isGlob(word) ? new Term.Wildcard(new Glob(word)) : new Term.Word(word);
  }

  private static boolean isWord(char c) {
    return GAP.indexOf(c) < 0 && Operator.of(c).isEmpty();
  }

  private boolean beginsPart() {
    return operands.isEmpty() || afterComma;
  }

  /** The result set that is named here with its exclamation mark, if one is. */
  private Optional<Term.Result> result() {
    int end = at + 1;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    return at < text.length() && text.charAt(at) == '!'
        ? Optional.of(text.substring(at + 1, end)).filter(results::knows).map(Term.Result::new)
        : Optional.empty();
  }

  /** Whether there was anything to skip, or nothing is left. */
  private boolean skip(String characters) {
    int from = at;
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    afterComma = text.substring(from, at).indexOf(',') >= 0;
    return at > from;
  }
}
