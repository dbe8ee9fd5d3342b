package io.codeploy.multiquery.select;

import io.codeploy.multiquery.inventory.CommandOutput;
import io.codeploy.multiquery.inventory.Groups;
import io.codeploy.multiquery.inventory.NodeSupplier;
import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Resolves selections to nodes. */
public final class Selector {
  private final NodeSupplier list;
  private final Groups groups;
  private final Resolution resolution;
  private final CommandOutput commands;
  private final RandomGenerator random;

  /**
   * @param list that of {@code --nodes} or MQ_NODES, read where it is wanted
   * @param input standard input
   */
  public Selector(
      NodeSupplier list,
      Groups groups,
      NodeSupplier input,
      CommandOutput commands,
      RandomGenerator random) {
    this.list = list;
    this.groups = groups;
    this.resolution = new Resolution(groups, input);
    this.commands = commands;
    this.random = random;
  }

  /**
   * The nodes of {@code selection}, at least one, in the order of their first mention. All of the
   * list keeps its duplicates.
   *
   * @throws NodeListException if something cannot be read or understood, or names no node; the
   *     message tells the option
   */
  public List<Node> select(Selection selection) throws NodeListException {
    List<Expression> targets = new ArrayList<>();
    for (String target : selection.targets()) {
      targets.add(parse("-w", target));
    }
    List<Node> nodes = named(selection, targets);
    for (Expression target : targets) {
      nodes = resolution.only(nodes, target.filters());
    }
    for (Expression target : targets) {
      nodes = resolution.without(nodes, target.exclusions());
    }
    for (String exception : selection.exceptions()) {
      nodes = without(nodes, exception);
    }
    if (nodes.isEmpty()) {
      throw new NodeListException(selection + " leaves no node");
    }
    return picked(nodes, selection.pick());
  }

  /** So many of {@code nodes} by chance, or all of them. */
  public List<Node> picked(List<Node> nodes, OptionalInt count) {
    return count.isPresent() ? pick(nodes, count.getAsInt()) : nodes;
  }

  /** Before filters and exclusions. */
  private List<Node> named(Selection selection, List<Expression> targets) throws NodeListException {
    List<List<Node>> parts = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      List<Expression.Operand> operands = targets.get(i).operands();
      if (!operands.isEmpty()) {
        String option = option("-w", selection.targets().get(i));
        parts.add(atLeastOne(option, () -> resolution.operands(operands, list)));
      }
    }
    for (String names : selection.groups()) {
      String[] each = names.split(",", 0);
      if (each.length == 0) {
        throw new NodeListException(option("-g", names) + " names no group");
      }
      for (String name : each) {
        parts.add(atLeastOne(option("-g", name), () -> groups.find(name)));
      }
    }
    for (String command : selection.commands()) {
      parts.add(commands.nodes(command));
    }
    return parts.isEmpty() ? list.nodes() : Meaning.distinct(parts);
  }

  private List<Node> without(List<Node> nodes, String exception) throws NodeListException {
    Expression expression = parse("-x", exception);
    try {
      return resolution.without(nodes, expression);
    } catch (NodeListException e) {
      throw e.at(option("-x", exception));
    }
  }

  private static List<Node> atLeastOne(String option, NodeSupplier supplier)
      throws NodeListException {
    List<Node> nodes;
    try {
      nodes = supplier.nodes();
    } catch (NodeListException e) {
      throw e.at(option);
    }
    if (nodes.isEmpty()) {
      throw new NodeListException(option + " names no node");
    }
    return nodes;
  }

  /** Every set of {@code count} is as likely as any other. */
  private List<Node> pick(List<Node> nodes, int count) {
    List<Node> picked = new ArrayList<>();
    int wanted = count;
    for (int i = 0; i < nodes.size(); i++) {
      if (random.nextInt(nodes.size() - i) < wanted) {
        picked.add(nodes.get(i));
        wanted--;
      }
    }
    return picked;
  }

  private static Expression parse(String option, String text) throws NodeListException {
    try {
      return ExpressionParser.parse(text);
    } catch (NodeListException e) {
      throw e.at(option(option, text));
    }
  }

  private static String option(String option, String text) {
    return option + " \"" + text + "\"";
  }
}
