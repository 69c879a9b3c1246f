package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

class LoginNoteTest {

    private final SignIn signIn = SignIn.oidc("ada", "refresh");

    @Test
    void aLoginWithoutCapturesHasNone() {
        assertThat(LoginNote.read(signIn.login())).isEmpty();
        signIn.notes().put("nylas.captures", "");
        assertThat(LoginNote.read(signIn.login())).isEmpty();
    }

    @Test
    void oneTabMayHoldSeveralCaptures() {
        LoginNote.add(signIn.login(), "first");
        LoginNote.add(signIn.login(), "second");

        assertThat(LoginNote.read(signIn.login())).containsExactly("first", "second");
    }

    @Test
    void ofManyTheLastTenAreKept() {
        IntStream.range(0, 15).forEach(i -> LoginNote.add(signIn.login(), "id-" + i));

        assertThat(LoginNote.read(signIn.login()))
                .containsExactlyElementsOf(
                        IntStream.range(5, 15).mapToObj(i -> "id-" + i).toList());
    }

    @Test
    void aLoginMayTakeAsLongAsTheLongestOfItsTimeOuts() {
        RealmModel realm = mock(RealmModel.class);
        when(realm.getAccessCodeLifespan()).thenReturn(60);
        when(realm.getAccessCodeLifespanLogin()).thenReturn(1800);
        when(realm.getAccessCodeLifespanUserAction()).thenReturn(300);

        assertThat(LoginNote.lifespan(realm)).isEqualTo(Duration.ofSeconds(1800));
        when(realm.getAccessCodeLifespanUserAction()).thenReturn(3600);
        assertThat(LoginNote.lifespan(realm)).isEqualTo(Duration.ofHours(1));
    }
}
