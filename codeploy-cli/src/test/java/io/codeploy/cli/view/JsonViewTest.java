package io.codeploy.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JsonViewTest {
  @Test
  void printsOneObjectALine() {
    Captured out = new Captured();
    Captured err = new Captured();
    View view = new Views(out.stream(), err.stream(), true, true).json();

    Samples.events().forEach(view::on);
    view.finish(Samples.result());

    assertEquals(
        """
        {"event":"phaseStarted","phase":"scan","nodes":0}
        {"event":"note","message":"left out, not a file: run.sock"}
        {"event":"scanned","files":1234,"contentBytes":102400000,"transportedBytes":81000000}
        {"event":"phaseEnded","phase":"scan","elapsedMillis":1200}
        {"event":"phaseStarted","phase":"agents","nodes":4}
        {"event":"nodePassed","node":"n1","phase":"agents"}
        {"event":"nodePassed","node":"n2","phase":"agents"}
        {"event":"nodeEnded","node":"n3","outcome":"failed","elapsedMillis":250,\
        "cause":"unreachable","message":"connection refused\\u001B[2J"}
        {"event":"nodePassed","node":"n4","phase":"agents"}
        {"event":"phaseEnded","phase":"agents","elapsedMillis":3400}
        {"event":"phaseStarted","phase":"origin","nodes":3}
        {"event":"nodePassed","node":"n1","phase":"origin"}
        {"event":"phaseEnded","phase":"origin","elapsedMillis":100}
        {"event":"phaseStarted","phase":"transfer","nodes":3}
        {"event":"nodeProgress","node":"n1","step":"fetch","bytesDone":1000000,\
        "bytesTotal":102400000}
        {"event":"nodeProgress","node":"n1","step":"fetch","bytesDone":51200000,\
        "bytesTotal":102400000}
        {"event":"nodeEnded","node":"n1","outcome":"succeeded","elapsedMillis":5000,\
        "counts":{"unchanged":10,"created":1000,"updated":200,"attributes":4,"deleted":1},\
        "traffic":{"fromOrigin":40500000,"fromPeers":40500000,"fromStore":0,"served":0}}
        {"event":"nodeEnded","node":"n2","outcome":"succeeded","elapsedMillis":6000,\
        "counts":{"unchanged":10,"created":1000,"updated":200,"attributes":4,"deleted":1},\
        "traffic":{"fromOrigin":40500000,"fromPeers":40500000,"fromStore":0,"served":0}}
        {"event":"nodeEnded","node":"n4","outcome":"failed","elapsedMillis":250,\
        "cause":"failed remotely","message":"x/y: is a directory; remove it"}
        {"event":"phaseEnded","phase":"transfer","elapsedMillis":5100}
        {"event":"summary","nodes":4,"succeeded":2,"failed":2,"notRun":0,"interrupted":false,\
        "files":1234,"contentBytes":102400000,"transportedBytes":81000000,\
        "bytesFromOrigin":81100000,"bytesOfStar":162000000,\
        "traffic":{"fromOrigin":81000000,"fromPeers":81000000,"fromStore":0,\
        "served":81000000},"elapsedMillis":9800}
        """,
        out.text());
    assertEquals("", err.text());
  }
}
