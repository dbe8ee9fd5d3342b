package io.codeploy.multiquery.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.codeploy.multiquery.query.NodeAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InOrderTest {
  private final List<Integer> shown = new ArrayList<>();
  private final InOrder inOrder = new InOrder(answer -> shown.add(answer.rank()));

  private static NodeAnswer ranked(int rank) throws IOException {
    return Answers.answer(rank, "n" + rank, new byte[0], "", Answers.exited(0));
  }

  @Test
  void passesOnAtOnceWhatIsDue() throws IOException {
    inOrder.answered(ranked(0));
    assertEquals(List.of(0), shown);
    inOrder.answered(ranked(1));
    assertEquals(List.of(0, 1), shown);
  }

  @Test
  void holdsBackUntilAllOfLowerRankWereShown() throws IOException {
    inOrder.answered(ranked(3));
    inOrder.answered(ranked(1));
    assertEquals(List.of(), shown);
    inOrder.answered(ranked(0));
    assertEquals(List.of(0, 1), shown);
    inOrder.answered(ranked(2));
    assertEquals(List.of(0, 1, 2, 3), shown);
  }

  @Test
  void passesOnTheRestOfAStoppedRunInOrderAndOnce() throws IOException {
    inOrder.answered(ranked(4));
    inOrder.answered(ranked(0));
    inOrder.answered(ranked(2));
    inOrder.ended();
    inOrder.ended();
    assertEquals(List.of(0, 2, 4), shown);
  }
}
