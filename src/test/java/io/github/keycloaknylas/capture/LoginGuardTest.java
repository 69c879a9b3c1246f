package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.support.RecordedLog;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;

/** What fails in the extension's part of a login does not fail the login. */
class LoginGuardTest {

    private final RecordedLog log = RecordedLog.of(LoginGuard.class);
    private final RealmModel realm = mock(RealmModel.class);
    private final IdentityProviderModel provider = new IdentityProviderModel();
    private final BrokeredIdentityContext context = new BrokeredIdentityContext("ada", provider);
    private final LoginGuard guard = new LoginGuard(InstantSource.system());

    LoginGuardTest() {
        when(realm.getName()).thenReturn("acme");
        provider.setAlias("microsoft");
    }

    @AfterEach
    void stopRecording() {
        log.close();
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("the database is gone"),
                new NoClassDefFoundError("a class of another version"),
                new AssertionError("impossible"));
    }

    private static <T extends Throwable> void sneaky(Throwable failure) throws T {
        @SuppressWarnings("unchecked")
        T thrown = (T) failure;
        throw thrown;
    }

    @Test
    void theResultOfAStepIsReturned() {
        assertThat(guard.test(realm, context, () -> true)).isTrue();
        assertThat(guard.test(realm, context, () -> false)).isFalse();
        assertThat(log.messages()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsLoggedAndCountsAsNo(Throwable failure) {
        boolean result = guard.test(realm, context, () -> {
            LoginGuardTest.<RuntimeException>sneaky(failure);
            return true;
        });

        assertThat(result).isFalse();
        assertThat(log.messages())
                .anySatisfy(message -> assertThat(message)
                        .contains("acme", "microsoft", failure.getClass().getName(), "The login continues"));
    }

    @Test
    void aFailureToSealNamesItsOwnRemedy() {
        guard.run(realm, context, () -> {
            throw new SealException("Set the seal key.");
        });

        assertThat(log.messages()).anySatisfy(message -> assertThat(message).contains("Set the seal key."));
    }

    @Test
    void aFailureThatCannotBeReportedDoesNotFailTheLoginEither() {
        when(realm.getName()).thenThrow(new IllegalStateException("the realm is gone as well"));

        assertThatNoException()
                .isThrownBy(() -> guard.run(realm, context, () -> {
                    throw new IllegalStateException("the database is gone");
                }));
    }

    @Test
    void aVirtualMachineThatIsBrokenIsNotHidden() {
        OutOfMemoryError broken = new OutOfMemoryError("no thread");

        assertThatThrownBy(() -> guard.run(realm, context, () -> {
                    throw broken;
                }))
                .isSameAs(broken);
    }
}
