package io.github.keycloaknylas.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.reset;
import static org.mockito.Mockito.verifyNoInteractions;

import io.github.keycloaknylas.setup.FakeRealm;
import jakarta.ws.rs.ForbiddenException;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may call it. What the calls do has tests of its own. */
class WebhookAdminResourceTest {

    private FakeRealm fake;
    private WebhookAdminResource resource;

    @BeforeEach
    void prepare() throws IOException {
        fake = new FakeRealm();
        resource = fake.resource.webhook();
    }

    @AfterEach
    void close() throws IOException {
        fake.close();
    }

    private List<ThrowingCallable> changes() {
        return List.of(
                () -> resource.register(null, null),
                () -> resource.rotate(null, null),
                () -> resource.remove(null, null));
    }

    @Test
    void changesTakeTheRightsToManageTheRealmAndItsProviders() {
        doThrow(new ForbiddenException()).when(fake.realmRights).requireManageRealm();
        assertThat(changes()).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(ForbiddenException.class));
        reset(fake.realmRights);
        doThrow(new ForbiddenException()).when(fake.realmRights).requireManageIdentityProviders();
        assertThat(changes()).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(ForbiddenException.class));
        verifyNoInteractions(fake.event);
    }

    @Test
    void showingTakesTheRightsToSeeThem() {
        doThrow(new ForbiddenException()).when(fake.realmRights).requireViewRealm();
        assertThatThrownBy(() -> resource.show(null, null)).isInstanceOf(ForbiddenException.class);
        reset(fake.realmRights);
        doThrow(new ForbiddenException()).when(fake.realmRights).requireViewIdentityProviders();
        assertThatThrownBy(() -> resource.show(null, null)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aRealmThatMayNotManageTheConnectionIsRefusedWithoutACallOrAnEvent() {
        assertThat(resource.register("default", null).getStatus()).isEqualTo(403);
        assertThat(resource.show("default", null).getStatus()).isEqualTo(403);

        assertThat(fake.nylas.asked).isEmpty();
        verifyNoInteractions(fake.event);
    }
}
