package io.github.keycloaknylas.links;

import static io.github.keycloaknylas.links.Users.REALM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.keycloaknylas.links.StoredLinks.Page;
import io.github.keycloaknylas.links.StoredLinks.StoredLink;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserProvider;

/** A walk over the links of one provider, by Keycloak's tables. */
@OnEveryDatabase
class JpaStoredLinksTest {

    private static final String ALIAS = "microsoft";
    private static final String FRED = "f:ldap:fred";

    private final StoredLinks links = new JpaStoredLinks();
    private final Users users;

    JpaStoredLinksTest(Engine engine) {
        users = new Users(TestDatabase.empty(engine));
    }

    private void local(String... ids) {
        for (String id : ids) {
            users.local(id);
            users.link(REALM, id, ALIAS, "subject-" + id);
        }
        users.settle();
    }

    private void federated(String id) {
        users.federated(id);
        users.link(REALM, id, ALIAS, "subject-" + id);
        users.settle();
    }

    private Page after(String position, int most) {
        return links.after(users.session, REALM, ALIAS, position, most);
    }

    private List<String> walk(int pageSize) {
        List<String> seen = new ArrayList<>();
        Optional<String> position = Optional.of(StoredLinks.START);
        while (position.isPresent()) {
            Page page = after(position.get(), pageSize);
            page.links().forEach(link -> seen.add(link.userId()));
            position = page.next();
        }
        return seen;
    }

    @Test
    void aWalkFindsEachLinkOnceWhateverTheSizeOfAPage() {
        local("a", "b", "c", "d", "e");
        federated(FRED);
        federated("f:ldap:gwen");

        for (int size = 1; size <= 8; size++) {
            assertThat(walk(size)).containsExactly("a", "b", "c", "d", "e", FRED, "f:ldap:gwen");
        }
        assertThat(links.count(users.session, REALM, ALIAS)).isEqualTo(7);
    }

    @Test
    void aLinkHasTheSubjectAndTellsWhetherAnythingIsStoredWithIt() {
        local("a", "b");
        users.withoutToken("b", ALIAS);

        assertThat(after(StoredLinks.START, 10).links())
                .containsExactly(new StoredLink("a", "subject-a", true), new StoredLink("b", "subject-b", false));
    }

    @Test
    void linksOfOtherProvidersAndRealmsAreNotThere() {
        local("a");
        users.local("b");
        users.link(REALM, "b", "google", "subject-b");
        users.local("c", "other");
        users.link("other", "c", ALIAS, "subject-c");
        users.settle();

        assertThat(walk(10)).containsExactly("a");
        assertThat(walk(1)).containsExactly("a");
        assertThat(links.count(users.session, REALM, ALIAS)).isEqualTo(1);
    }

    @Test
    void anAliasMatchesExactlyWhateverTheDatabaseMakesOfItsCase() {
        local("a", "c");
        users.local("b");
        users.link(REALM, "b", "MICROSOFT", "subject-b");
        users.settle();

        assertThat(walk(10)).containsExactly("a", "c");
        assertThat(walk(1)).containsExactly("a", "c");
    }

    @Test
    void thePageItselfReadsNoToken() {
        local("a");

        after(StoredLinks.START, 10);

        assertThat(users.queries)
                .singleElement()
                .satisfies(query ->
                        assertThat(query.replace("l.token is null", "")).doesNotContain("token"));
    }

    @Test
    void tokensAreReadForTheLinksThatAreNamed() {
        local("a", "b");
        federated(FRED);
        List<StoredLink> asked = List.of(
                new StoredLink("a", "subject-a", true),
                new StoredLink(FRED, "subject-" + FRED, true),
                new StoredLink("b", "subject-b", false),
                new StoredLink("gone", "subject-gone", true));

        assertThat(links.tokens(users.session, REALM, ALIAS, asked))
                .isEqualTo(Map.of("a", "a stored token", FRED, "a stored token"));
        assertThat(links.tokens(users.session, REALM, ALIAS, List.of())).isEmpty();
    }

    @Test
    void aStoreThatIsNotKeycloaksOwnHasNoLinks() {
        local("a");
        federated(FRED);
        users.keepLocalUsersIn(mock(UserProvider.class));

        assertThat(walk(10)).containsExactly(FRED);
        assertThat(links.count(users.session, REALM, ALIAS)).isEqualTo(1);
    }
}
