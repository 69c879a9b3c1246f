package io.github.keycloaknylas.kit.nylas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.kit.nylas.ApiClient.Reply;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.GrantEvent.Kind;
import io.github.keycloaknylas.testkit.nylas.GrantLifecycle;
import io.github.keycloaknylas.testkit.nylas.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to grants without a request of the client, and the grants that a test adds. */
class GrantLifecycleTest {

    private static final int MANY = 100_000;

    private final NylasFixture fixture = new NylasFixture();
    private final GrantLifecycle lifecycle = fixture.nylas.lifecycle();
    private final List<Kind> heard = new ArrayList<>();
    private String id;

    @BeforeEach
    void connect() throws Exception {
        id = fixture.client.connect("ada-token").textAt("/data/id");
        fixture.nylas.onGrantEvent(event -> heard.add(event.kind()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void an_expired_grant_is_valid_again_after_a_reauthentication() throws Exception {
        fixture.clock.pass(Duration.ofHours(1));

        lifecycle.expire(id);
        Reply expired = get();
        lifecycle.reauthenticate(id);
        Reply renewed = get();

        assertThat(expired.textAt("/data/grant_status")).isEqualTo("invalid");
        assertThat(expired.at("/data/updated_at")).isEqualTo(expired.at("/data/created_at"));
        assertThat(renewed.textAt("/data/grant_status")).isEqualTo("valid");
        assertThat(renewed.at("/data/updated_at").asLong())
                .isEqualTo(renewed.at("/data/created_at").asLong() + 3600);
        assertThat(fixture.application.grants().get(0).authentications()).isEqualTo(2);
        assertThat(heard).containsExactly(Kind.EXPIRED, Kind.REAUTHENTICATED);
    }

    @Test
    void a_deleted_grant_is_gone() throws Exception {
        lifecycle.delete("ada@contoso.example");

        assertThat(get().status()).isEqualTo(404);
        assertThat(heard).containsExactly(Kind.DELETED);
    }

    @Test
    void scopes_address_and_user_id_change_under_the_same_id() throws Exception {
        lifecycle.changeScopes(id, List.of("https://graph.microsoft.com/Mail.Send", "offline_access"));
        lifecycle.changeAddress(id, "ada.king@contoso.example");
        lifecycle.changeProviderUserId(id, "other-oid");

        Reply changed = get();
        assertThat(changed.at("/data/scope")).isEqualTo(Json.strings(List.of("Mail.Send", "offline_access")));
        assertThat(changed.textAt("/data/email")).isEqualTo("ada.king@contoso.example");
        assertThat(changed.textAt("/data/provider_user_id")).isEqualTo("other-oid");
        assertThat(changed.textAt("/data/grant_status")).isEqualTo("valid");
        assertThat(heard).containsExactly(Kind.UPDATED, Kind.UPDATED, Kind.UPDATED);
    }

    @Test
    void after_a_change_of_address_the_grant_is_found_by_the_new_one_only() throws Exception {
        lifecycle.changeAddress(id, "ada.king@contoso.example");

        assertThat(fixture.client.get("/v3/grants/ada.king@contoso.example").textAt("/data/id"))
                .isEqualTo(id);
        assertThat(fixture.client.get("/v3/grants/ada@contoso.example").status())
                .isEqualTo(404);
        assertThat(fixture.client.connect("ada-token").textAt("/data/id")).isNotEqualTo(id);
    }

    @Test
    void an_address_that_is_not_disclosed_any_more_is_left_out() throws Exception {
        lifecycle.changeAddress(id, null);

        assertThat(get().at("/data").has("email")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PATCH", "DELETE"})
    void a_request_for_a_blocked_grant_is_refused(String method) throws Exception {
        lifecycle.block(id);

        Reply refused = fixture.client.send(method, "/v3/grants/" + id, method.equals("PATCH") ? "{}" : null);

        assertThat(refused.status()).isEqualTo(423);
        assertThat(refused.textAt("/error/type")).isEqualTo("api.resource_blocked");
        assertThat(fixture.client.get("/v3/grants").at("/data/0/blocked").asBoolean())
                .isTrue();
        assertThat(heard).containsExactly(Kind.UPDATED);
    }

    @Test
    void a_blocked_grant_is_not_renewed_until_it_is_unblocked() throws Exception {
        lifecycle.block(id);
        assertThat(fixture.client.connect("ada-token").status()).isEqualTo(423);
        assertThat(fixture.client.connect("ben-token").status()).isEqualTo(201);

        lifecycle.unblock(id);

        assertThat(get().at("/data/blocked").asBoolean(true)).isFalse();
        assertThat(fixture.client.connect("ada-token").textAt("/data/id")).isEqualTo(id);
    }

    @Test
    void a_blocked_grant_may_be_served_and_say_so() throws Exception {
        fixture.nylas.behaviour().blockedGrantsAreServed(true);

        lifecycle.block(id);

        assertThat(get().at("/data/blocked").asBoolean()).isTrue();
        assertThat(fixture.client.connect("ada-token").at("/data/blocked").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void a_grant_that_does_not_exist_is_a_mistake_of_the_test(BiConsumer<GrantLifecycle, String> action) {
        assertThatThrownBy(() -> action.accept(lifecycle, "unknown"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("unknown");
        assertThat(heard).isEmpty();
    }

    static List<BiConsumer<GrantLifecycle, String>> actions() {
        return List.of(
                GrantLifecycle::expire,
                GrantLifecycle::delete,
                GrantLifecycle::reauthenticate,
                GrantLifecycle::block,
                GrantLifecycle::unblock,
                (lifecycle, grantId) -> lifecycle.changeScopes(grantId, List.of()),
                (lifecycle, grantId) -> lifecycle.changeAddress(grantId, "x@contoso.example"),
                (lifecycle, grantId) -> lifecycle.changeProviderUserId(grantId, "x"));
    }

    @Test
    void a_test_adds_a_grant_without_a_token() throws Exception {
        Grant added = fixture.application.addGrant("cleo@contoso.example", "cleo-oid", "Mail.Read");

        Reply found = fixture.client.get("/v3/grants/" + added.id());
        assertThat(found.textAt("/data/email")).isEqualTo("cleo@contoso.example");
        assertThat(found.textAt("/data/provider_user_id")).isEqualTo("cleo-oid");
        assertThat(found.textAt("/data/provider")).isEqualTo("microsoft");
        assertThat(found.textAt("/data/grant_status")).isEqualTo("valid");
        assertThat(found.textAt("/data/credential_id"))
                .isEqualTo(fixture.client.get("/v3/grants/" + id).textAt("/data/credential_id"));
        assertThat(fixture.application
                        .addGrant("Cleo@contoso.example", "cleo-oid")
                        .id())
                .isEqualTo(added.id());
        assertThat(heard).containsExactly(Kind.CREATED, Kind.REAUTHENTICATED);
    }

    // No tighter limit: on a busy machine this has taken 40 seconds.
    @Test
    @Timeout(300)
    void a_hundred_thousand_grants_are_added_and_listed_page_by_page() throws Exception {
        fixture.nylas.behaviour().noRateLimit();
        List<Grant> added = fixture.application.addGrants(IntStream.range(1, MANY)
                .mapToObj(n -> new Mailbox("user" + n + "@contoso.example", "oid-" + n, null, List.of("Mail.Read")))
                .toList());

        Set<String> listed = new HashSet<>();
        for (int offset = 0; offset < MANY; offset += 200) {
            listed.addAll(fixture.client
                    .get("/v3/grants?limit=200&offset=" + offset)
                    .at("/data")
                    .findValuesAsText("id"));
        }

        assertThat(added).hasSize(MANY - 1);
        assertThat(listed).hasSize(MANY).contains(id);
        assertThat(fixture.client.get("/v3/grants?limit=200&offset=" + MANY).at("/data"))
                .isEmpty();
    }

    private Reply get() throws Exception {
        return fixture.client.get("/v3/grants/" + id);
    }
}
