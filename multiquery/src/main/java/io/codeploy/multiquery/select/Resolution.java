package io.codeploy.multiquery.select;

import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.inventory.LabelGroups;
import io.codeploy.multiquery.inventory.NodeSupplier;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeList;
import io.codeploy.multiquery.node.NodeListException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What expressions mean: nodes. Files and groups are read as they are met. */
final class Resolution {
  private final Groups groups;
  private final NodeSupplier input;
  private final ResultSets results;

  /**
   * @param input standard input
   */
  Resolution(Groups groups, NodeSupplier input) {
    this(groups, input, ResultSets.NONE);
  }

  Resolution(Groups groups, NodeSupplier input, ResultSets results) {
    this.groups = groups;
    this.input = input;
    this.results = results;
  }

  /**
   * The nodes of operands, each name once; at most {@link NodeList#MAX_NODES}.
   *
   * @param list what patterns and labels look at, but for those that narrow what is on their left
   */
  List<Node> operands(List<Expression.Operand> operands, NodeSupplier list)
      throws NodeListException {
    // Unions are put off, so that a list of ten thousand words is gone through once.
    List<List<Node>> parts = new ArrayList<>();
    int count = 0;
    for (Expression.Operand operand : operands) {
      Term term = operand.term();
      if (operand.operator() == Operator.UNION) {
        parts.add(term(term, list));
        count += parts.getLast().size();
      } else {
        List<Node> left = Meaning.distinct(parts);
        List<Node> joined = join(left, operand.operator(), term, list);
        parts = new ArrayList<>(List.of(joined));
        count = joined.size();
      }
      if (count > NodeList.MAX_NODES) {
        throw new NodeListException("means more than " + NodeList.MAX_NODES + " nodes");
      }
    }
    return Meaning.distinct(parts);
  }

  private List<Node> join(List<Node> left, Operator operator, Term term, NodeSupplier list)
      throws NodeListException {
    return switch (operator) {
      case UNION -> Meaning.distinct(List.of(left, term(term, list)));
      case DIFFERENCE -> meaning(term, left).split(left, false);
      case INTERSECTION -> meaning(term, left).split(left, true);
      case EITHER -> {
        List<Node> right = term(term, list);
        yield Meaning.distinct(
            List.of(Meaning.of(right).split(left, false), Meaning.of(left).split(right, false)));
      }
    };
  }

  /** Those of {@code nodes} that all of {@code filters} keep. */
  List<Node> only(List<Node> nodes, List<Term> filters) throws NodeListException {
    List<Node> left = nodes;
    for (Term filter : filters) {
      left = meaning(filter, left).split(left, true);
    }
    return left;
  }

  /** Those of {@code nodes} that none of {@code exclusions} means. */
  List<Node> without(List<Node> nodes, List<Term> exclusions) throws NodeListException {
    List<Node> left = nodes;
    for (Term exclusion : exclusions) {
      left = meaning(exclusion, left).split(left, false);
    }
    return left;
  }

  /** Those of {@code nodes} that {@code expression} does not mean: neither operands nor filters. */
  List<Node> without(List<Node> nodes, Expression expression) throws NodeListException {
    if (!expression.exclusions().isEmpty()) {
      throw new NodeListException("takes nodes away already; leave out the dash");
    }
    List<Expression.Operand> operands = expression.operands();
    boolean plain = operands.stream().allMatch(o -> o.operator() == Operator.UNION);
    List<Node> left =
        plain
            ? without(nodes, operands.stream().map(Expression.Operand::term).toList())
            : Meaning.of(operands(operands, () -> nodes)).split(nodes, false);
    return without(left, expression.filters());
  }

  /** What {@code term} means among {@code nodes}, exactly these where it is a pattern. */
  Meaning meaning(Term term, List<Node> nodes) throws NodeListException {
    List<Node> meant = term(term, () -> nodes);
    return switch (term) {
      case Term.Wildcard wildcard -> Meaning.named(meant);
      case Term.Regex regex -> Meaning.named(meant);
      case Term.Label label -> Meaning.named(meant);
      case Term.Result result -> Meaning.named(meant);
      case Term.Word word -> Meaning.of(meant);
      case Term.FromFile file -> Meaning.of(meant);
      case Term.Group group -> Meaning.of(meant);
      case Term.Input all -> Meaning.of(meant);
    };
  }

  /** The nodes of {@code term}, those of a pattern among {@code from}. */
  List<Node> term(Term term, NodeSupplier from) throws NodeListException {
    return switch (term) {
      case Term.Word word -> Node.of(word.text(), Map.of());
      case Term.FromFile file -> NodeList.readAny(file.file());
      case Term.Group group -> groups.find(group.name());
      case Term.Input all -> input.nodes();
      case Term.Result result -> results.find(result.name());
      case Term.Wildcard wildcard ->
          those(
              from,
              node -> wildcard.glob().matches(node.name()) || wildcard.glob().matches(node.host()));
      case Term.Regex regex -> those(from, node -> regex.pattern().matcher(node.name()).find());
      case Term.Label label -> those(from, node -> LabelGroups.has(node, label.text()));
    };
  }

  private static List<Node> those(NodeSupplier from, Predicate<Node> wanted)
      throws NodeListException {
    return from.nodes().stream().filter(wanted).toList();
  }
}
