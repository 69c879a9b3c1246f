package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** One webhook for each connection, changed by one caller at a time. */
@OnEveryDatabase
class WebhooksTest extends LedgerTestBase {

    private static final WebhookOwner OWNER = new WebhookOwner("realm", "default", "https://api.us.nylas.com");
    private static final SealedSecret FIRST = new SealedSecret("first", "server:k");
    private static final SealedSecret SECOND = new SealedSecret("second", "server:k");
    private static final long CHANGE = Duration.ofMinutes(3).toMillis();

    WebhooksTest(Engine engine) {
        super(engine);
    }

    private <T> T webhooks(Function<Webhooks, T> work) {
        return query(em -> work.apply(new Webhooks(em)));
    }

    private String created() {
        return webhooks(webhooks -> webhooks.create(OWNER, NOW).id());
    }

    private Optional<String> begun(String id, long now) {
        return webhooks(webhooks -> webhooks.beginChange(id, now));
    }

    private Optional<String> found() {
        return webhooks(webhooks -> webhooks.of(OWNER).map(WebhookEntity::id));
    }

    private boolean isChangedBy(String id, String token) {
        return webhooks(webhooks -> webhooks.changedBy(id, token).isPresent());
    }

    private List<SealedSecret> secrets(String id, long at) {
        return of(id, webhook -> webhook.secrets(at));
    }

    private void update(String id, Consumer<WebhookEntity> change) {
        webhooks(webhooks -> {
            change.accept(webhooks.find(id).orElseThrow());
            return null;
        });
    }

    private <T> T of(String id, Function<WebhookEntity, T> look) {
        return webhooks(webhooks -> look.apply(webhooks.find(id).orElseThrow()));
    }

    @Test
    void aConnectionHasOneWebhook() {
        String id = created();

        assertThat(found()).contains(id);
        assertThatThrownBy(this::created).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aNewOneHasNoSecretYet() {
        String id = created();

        assertThat(of(id, WebhookEntity::state)).contains(WebhookState.PENDING);
        assertThat(secrets(id, NOW)).isEmpty();
    }

    @Test
    void whatNylasAnsweredIsStored() {
        String id = created();

        update(id, webhook -> {
            webhook.registered("https://api.eu.nylas.com", "application-1", "nylas-1", "https://keycloak/x");
            webhook.rotated(FIRST, NOW);
            webhook.settled(NOW);
        });

        assertThat(of(id, WebhookEntity::state)).contains(WebhookState.ACTIVE);
        assertThat(of(id, WebhookEntity::apiUrl)).isEqualTo("https://api.eu.nylas.com");
        assertThat(of(id, WebhookEntity::application)).contains("application-1");
        assertThat(of(id, WebhookEntity::nylasId)).contains("nylas-1");
        assertThat(of(id, WebhookEntity::url)).contains("https://keycloak/x");
        assertThat(secrets(id, NOW)).containsExactly(FIRST);
    }

    @Test
    void theSecretBeforeIsAcceptedForAWhile() {
        String id = created();
        update(id, webhook -> webhook.rotated(FIRST, NOW));

        update(id, webhook -> webhook.rotated(SECOND, NOW + 10));

        assertThat(secrets(id, NOW + 9)).containsExactly(SECOND, FIRST);
        assertThat(secrets(id, NOW + 10)).containsExactly(SECOND);
    }

    @Test
    void oneChangeIsMadeAtATime() {
        String id = created();

        Optional<String> first = begun(id, NOW);

        assertThat(first).isPresent();
        assertThat(of(id, WebhookEntity::state)).contains(WebhookState.CHANGING);
        assertThat(begun(id, NOW + CHANGE)).isEmpty();
    }

    @Test
    void aChangeThatWasBrokenOffIsFollowedByAnotherAfterThreeMinutes() {
        String id = created();
        String lost = begun(id, NOW).orElseThrow();

        String next = begun(id, NOW + CHANGE + 1).orElseThrow();

        assertThat(isChangedBy(id, lost)).isFalse();
        assertThat(isChangedBy(id, next)).isTrue();
    }

    @Test
    void afterAChangeWithoutAnOutcomeTheNextMayBeginAndTheStateStays() {
        String id = created();
        String token = begun(id, NOW).orElseThrow();

        webhooks(webhooks -> {
            webhooks.breakOff(webhooks.changedBy(id, token).orElseThrow());
            return null;
        });

        assertThat(of(id, WebhookEntity::state)).contains(WebhookState.CHANGING);
        assertThat(begun(id, NOW)).isPresent();
    }

    @Test
    void aSettledChangeIsFollowedByAnother() {
        String id = created();
        begun(id, NOW);

        update(id, webhook -> webhook.settled(NOW + 1));

        assertThat(of(id, WebhookEntity::state)).contains(WebhookState.PENDING);
        assertThat(of(id, WebhookEntity::updatedAt)).isEqualTo(NOW + 1);
        assertThat(begun(id, NOW + 1)).isPresent();
    }

    @Test
    void aRemovedOneIsGone() {
        String id = created();

        webhooks(webhooks -> {
            webhooks.remove(webhooks.find(id).orElseThrow());
            return null;
        });

        assertThat(found()).isEmpty();
    }

    @Test
    void nothingThatIsPrintedHoldsASealedSecret() {
        assertThat(FIRST.toString()).doesNotContain("first").contains("server:k");
    }
}
