package io.codeploy.multiquery.select;

import io.codeploy.multiquery.node.Node;
import io.codeploy.multiquery.node.NodeListException;
import java.util.List;

/** Sets of nodes with names of their own, such as {@code !failed}: what runs made of nodes. */
public interface ResultSets {
  /** There are none, so that an exclamation mark is an operator and nothing else. */
  ResultSets NONE =
      new ResultSets() {
        @Override
        public boolean knows(String name) {
          return false;
        }

        @Override
        public List<Node> find(String name) throws NodeListException {
          throw new NodeListException("no result set is called " + name);
        }

        @Override
        public String reminder() {
          return "";
        }
      };

  /** Whether there is a set of this name, perhaps an empty one. */
  boolean knows(String name);

  /**
   * The nodes of the set, perhaps none.
   *
   * @throws NodeListException if nothing has run that could tell
   */
  List<Node> find(String name) throws NodeListException;

  /** What to add to a complaint where such a set may have been meant. */
  String reminder();
}
