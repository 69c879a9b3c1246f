package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.Notice;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.ledger.WebhookOwner;
import io.github.keycloaknylas.ledger.Webhooks;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A webhook does not outlive its realm or its identity provider by more than an hour. */
@OnEveryDatabase
class AbandonedWebhooksTest {

    private static final String URL = "https://api.us.nylas.com";
    private static final String OWN = "realm:" + DeliveryFixture.REALM + "/" + DeliveryFixture.ALIAS;
    private static final Duration HOUR = Duration.ofHours(1);

    private final DeliveryFixture fixture;

    AbandonedWebhooksTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private String webhook(String realmId, String connection) {
        return fixture.transactions.call(session -> Webhooks.of(session)
                .create(new WebhookOwner(realmId, connection, URL), fixture.now())
                .id());
    }

    private static Notice noticeOf(String webhook) {
        return new Notice(webhook, "event-1", new NoticedGrant(URL, "app", "grant-1"), "grant.expired", null);
    }

    private void notice(String webhook) {
        fixture.transactions.run(session -> Notices.of(session).insert(noticeOf(webhook), fixture.now()));
    }

    private boolean hasNotice(String webhook) {
        return fixture.transactions.call(session -> Notices.of(session).isKnown(noticeOf(webhook)));
    }

    private boolean exists(String webhook) {
        return fixture.transactions.call(session ->
                Webhooks.of(session).find(webhook).map(WebhookEntity::id).isPresent());
    }

    private void cleanUpForAnHour() {
        fixture.parts.cleanup.run();
        fixture.clock.forward(HOUR);
        fixture.parts.cleanup.run();
    }

    @Test
    void thatOfARealmThatIsGoneIsRemovedWithItsNotices() {
        String other = webhook(DeliveryFixture.REALM, "default");
        notice(other);
        String webhook = webhook("gone", "realm:gone/microsoft");
        notice(webhook);

        cleanUpForAnHour();

        assertThat(exists(webhook)).isFalse();
        assertThat(hasNotice(webhook)).isFalse();
        assertThat(exists(other)).isTrue();
        assertThat(hasNotice(other)).isTrue();
    }

    @Test
    void thatOfAProviderThatIsGoneIsRemoved() {
        String webhook = webhook(DeliveryFixture.REALM, OWN);
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);

        cleanUpForAnHour();

        assertThat(exists(webhook)).isFalse();
    }

    @Test
    void thatOfAProviderThatExistsIsKept() {
        String webhook = webhook(DeliveryFixture.REALM, OWN);

        cleanUpForAnHour();

        assertThat(exists(webhook)).isTrue();
    }

    @Test
    void aProviderThatIsSoonCreatedAgainKeepsItsWebhook() {
        String webhook = webhook(DeliveryFixture.REALM, OWN);
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        fixture.parts.cleanup.run();
        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of());
        fixture.clock.forward(HOUR);
        fixture.parts.cleanup.run();

        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        fixture.parts.cleanup.run();

        assertThat(exists(webhook)).isTrue();
    }

    @Test
    void aProviderWhoseAliasTheNameDoesNotContainIsTakenToExist() {
        String webhook = webhook(DeliveryFixture.REALM, "realm:" + DeliveryFixture.REALM + "/" + "0".repeat(64));

        cleanUpForAnHour();

        assertThat(exists(webhook)).isTrue();
    }
}
