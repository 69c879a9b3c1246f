package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.sweep.ChangedUsers;
import io.github.keycloaknylas.sweep.LinkSweep;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UpkeepTest {

    private final EvidenceProcessor evidence = mock(EvidenceProcessor.class);
    private final AttributeSync attributes = mock(AttributeSync.class);
    private final Cleanup cleanup = mock(Cleanup.class);
    private final LinkSweep sweep = mock(LinkSweep.class);
    private final LedgerGauges gauges = mock(LedgerGauges.class);
    private final ChangedUsers changedUsers = mock(ChangedUsers.class);
    private final NodeHeartbeat heartbeat = mock(NodeHeartbeat.class);
    private final Upkeep upkeep = new Upkeep(evidence, changedUsers, attributes, cleanup, sweep, gauges, heartbeat);

    private static final List<Consumer<UpkeepTest>> PARTS = List.of(
            test -> doThrow(test.failure).when(test.evidence).process(),
            test -> doThrow(test.failure).when(test.changedUsers).look(),
            test -> doThrow(test.failure).when(test.attributes).writeDue(),
            test -> doThrow(test.failure).when(test.cleanup).run(),
            test -> doThrow(test.failure).when(test.sweep).step(),
            test -> doThrow(test.failure).when(test.gauges).update(),
            test -> doThrow(test.failure).when(test.heartbeat).beat());

    private Throwable failure;

    static Stream<Arguments> failures() {
        return IntStream.range(0, PARTS.size())
                .boxed()
                .flatMap(part -> Stream.of(new IllegalStateException("lost"), new NoClassDefFoundError("lost"))
                        .map(failure -> Arguments.of(part, failure)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aPartThatFailsStopsNoOther(int part, Throwable thrown) {
        failure = thrown;
        PARTS.get(part).accept(this);

        assertThatCode(upkeep::run).doesNotThrowAnyException();

        verify(evidence).process();
        verify(changedUsers).look();
        verify(attributes).writeDue();
        verify(cleanup).run();
        verify(sweep).step();
        verify(gauges).update();
        verify(heartbeat).beat();
    }
}
