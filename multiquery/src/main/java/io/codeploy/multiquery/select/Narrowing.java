package io.codeploy.multiquery.select;

import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import io.codeploy.multiquery.node.NodeNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses by expressions among nodes that somebody has already, and reaches no others. Compares as
 * {@code -x} does: {@code web1} means {@code admin@web1:2222}.
 */
public final class Narrowing {
  private final Resolution resolution;
  private final ResultSets results;

  public Narrowing(Groups groups, ResultSets results) {
    this.resolution = new Resolution(groups, Narrowing::noInput, results);
    this.results = results;
  }

  private static List<Node> noInput() throws NodeListException {
    throw new NodeListException("there is no standard input to take nodes from");
  }

  /**
   * Those of {@code all} that {@code expression} means, in their order, at least one. Groups and
   * files may name more than there are; a plain name may not.
   *
   * @param all no two of one name
   * @param current of these, what filters and exclusions without operands start from
   */
  public List<Node> choose(String expression, List<Node> all, List<Node> current)
      throws NodeListException {
    try {
      Expression parsed = ExpressionParser.parse(expression, results);
      Set<Node> chosen = new LinkedHashSet<>(parsed.operands().isEmpty() ? current : List.of());
      for (Expression.Operand operand : parsed.operands()) {
        join(chosen, operand.operator(), among(all, operand.term()));
      }
      for (Term filter : parsed.filters()) {
        chosen.retainAll(among(all, filter));
      }
      for (Term exclusion : parsed.exclusions()) {
        chosen.removeAll(among(all, exclusion));
      }
      return atLeastOne(all.stream().filter(chosen::contains).toList());
    } catch (NodeListException e) {
      throw e.at("\"" + expression + "\"");
    }
  }

  private static void join(Set<Node> chosen, Operator operator, Set<Node> right) {
    switch (operator) {
      case UNION -> chosen.addAll(right);
      case DIFFERENCE -> chosen.removeAll(right);
      case INTERSECTION -> chosen.retainAll(right);
      case EITHER -> {
        Set<Node> both = new LinkedHashSet<>(chosen);
        both.retainAll(right);
        chosen.addAll(right);
        chosen.removeAll(both);
      }
    }
  }

  private Set<Node> among(List<Node> all, Term term) throws NodeListException {
    if (term instanceof Term.Word) {
      refuseStrangers(Meaning.strangers(resolution.term(term, () -> all), all));
    }
    return new LinkedHashSet<>(resolution.meaning(term, all).split(all, true));
  }

  private static void refuseStrangers(List<Node> strangers) throws NodeListException {
    if (!strangers.isEmpty()) {
      List<String> names = strangers.stream().map(Node::name).toList();
      throw new NodeListException("no node here is called " + NodeNames.fold(names));
    }
  }

  private static List<Node> atLeastOne(List<Node> nodes) throws NodeListException {
    if (nodes.isEmpty()) {
      throw new NodeListException("means no node here");
    }
    return nodes;
  }
}
