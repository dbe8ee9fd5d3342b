package io.codeploy.multiquery.select;

import java.util.List;

/**
 * A node-list expression, taken apart.
 *
 * @param operands evaluated from left to right; the first one's operator is a union
 * @param filters what is kept at the end
 * @param exclusions what is taken away after that
 */
record Expression(List<Operand> operands, List<Term> filters, List<Term> exclusions) {
  Expression {
    operands = List.copyOf(operands);
    filters = List.copyOf(filters);
    exclusions = List.copyOf(exclusions);
  }

  /** A term and how it is joined to what is on its left. */
  record Operand(Operator operator, Term term) {}

  static Expression of(Term term) {
    return new Expression(List.of(new Operand(Operator.UNION, term)), List.of(), List.of());
  }
}
