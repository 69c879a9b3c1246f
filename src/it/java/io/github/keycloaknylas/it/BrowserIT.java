package io.github.keycloaknylas.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.github.keycloaknylas.capture.RefreshTokenMapper;
import io.github.keycloaknylas.config.MapperProperties;
import io.github.keycloaknylas.demo.Demo;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.SharedDemo;
import io.github.keycloaknylas.it.support.browser.Chromium;
import io.github.keycloaknylas.it.support.browser.Messages;
import io.github.keycloaknylas.it.support.browser.Person;
import io.github.keycloaknylas.testkit.microsoft.DefaultAccounts;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.Grant;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.idm.UserRepresentation;

/** What a person sees of the demo, in a real browser. */
@DistributionOnly("the demo starts the distribution")
@FullBuildOnly("the forms of the console take a browser a quarter of a minute each")
class BrowserIT {

    private static final String ALIAS = "microsoft-fake";

    private static Chromium chromium;
    private static Demo demo;

    @BeforeAll
    static void open() {
        chromium = Chromium.orSkip("BrowserIT", Map.of());
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        demo = SharedDemo.demo();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void theApplicationShowsTheGrantOfWhoeverSignsIn() {
        try (Person ada = chromium.person("en")) {
            ada.open(demo.app());
            ada.picture("app-1-signed-out");
            ada.page().click("#sign-in");
            ada.picture("app-2-keycloak");
            ada.page().click("#social-" + ALIAS);
            ada.picture("app-3-microsoft");
            demo.nylas().behaviour().latency(Duration.ofSeconds(3));
            ada.page().check("#account-" + DefaultAccounts.ADA.id());
            ada.page().click("#accept");
            assertThat(ada.find("#name")).hasText("Ada Lovelace");
            ada.picture("app-4-signed-in");
            assertThat(ada.find("#waiting")).isVisible();
            assertThat(ada.find("#grant-id")).isVisible();
            demo.nylas().behaviour().latency(Duration.ZERO);
            assertThat(ada.find("#grant-id")).hasText(grantId());
            assertThat(ada.find("#claims")).containsText("\"email\" : \"ada@contoso.example\"");
            ada.picture("app-5-grant");
            ada.open(demo.nylas().uri());
            ada.picture("fake-nylas");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void theAccountConsoleShowsTheGrantAndLetsNobodyChangeIt(String language) {
        try (Person ada = withGrant(language)) {
            ada.open(demo.accountConsole());
            assertThat(ada.find("#nylas_grant_id")).hasValue(grantId());
            ada.picture("account-console-" + language);
            assertThat(ada.find("#nylas_grant_id")).isDisabled();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void theAdminConsoleShowsTheGrantOnTheUser(String language) {
        withGrant("en").close();
        String user = demo.keycloak()
                .admin()
                .realm("demo")
                .users()
                .search("ada")
                .get(0)
                .getId();
        try (Person admin = administrator(language, "/demo/users/" + user + "/settings")) {
            assertThat(admin.find("#nylas_grant_id")).hasValue(grantId());
            admin.picture("admin-user-" + language);
            admin.picture("docs-user-" + language, "main form");
        }
    }

    @Test
    void theUserSearchFindsWhoHasToSignInAgain() {
        UserRepresentation another = new UserRepresentation();
        another.setUsername("without-a-mailbox");
        realm().users().create(another).close();
        demo.nylas()
                .faults()
                .next(1, Handovers.all(), ErrorFaults.refusedByMicrosoft("invalid_grant", "AADSTS50173: revoked."));
        try (Person grace = chromium.person("en")) {
            grace.open(demo.app());
            grace.page().click("#sign-in");
            grace.signInWithMicrosoft(ALIAS, DefaultAccounts.GRACE);
            assertThat(grace.find("#name")).hasText("Grace Hopper");
        }
        await().atMost(MicrosoftRealm.SOON)
                .until(() -> realm().users()
                                .searchByAttributes("nylas_grant_status:reconnect")
                                .size()
                        == 1);
        try (Person admin = administrator("en", "/demo/users")) {
            admin.page().getByText("Default search").click();
            admin.page().getByText("Attribute search").click();
            admin.page().getByText("Select attributes").first().click();
            Locator form = admin.find("[data-testid='user-attribute-search-form']");
            form.getByRole(AriaRole.COMBOBOX).click();
            admin.picture("admin-user-search-attributes");
            admin.page()
                    .getByRole(AriaRole.OPTION)
                    .getByText("Nylas grant status")
                    .click();
            form.locator("#value").fill("reconnect");
            form.locator("[data-testid='user-attribute-search-add-filter-button']")
                    .click();
            admin.picture("admin-user-search");
            form.locator("[data-testid='search-user-attribute-btn']").click();
            Locator found = admin.find("table tbody");
            assertThat(found).containsText("grace.hopper@contoso.example");
            assertThat(found).not().containsText("without-a-mailbox");
            admin.picture("admin-users-to-reconnect");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "ja"})
    void theMappersFormNeedsNoManual(String language) {
        Messages messages = Messages.in(language);
        try (Person admin = administrator(language, mapper())) {
            for (ProviderConfigProperty property : new RefreshTokenMapper().getConfigProperties()) {
                assertThat(admin.find("main form")).containsText(messages.text(property.getLabel()));
            }
            admin.picture("admin-mapper-" + language);
            admin.picture("docs-mapper-" + language, "main form");
            assertThat(admin.helps())
                    .contains(new RefreshTokenMapper().getHelpText())
                    .containsAll(new RefreshTokenMapper()
                            .getConfigProperties().stream()
                                    .map(ProviderConfigProperty::getHelpText)
                                    .map(messages::text)
                                    .toList());
            assertThat(admin.find("main form").innerText()).doesNotContain("nylas.mapper");
        }
    }

    @Test
    void serverInfoShowsTheVersion() {
        try (Person admin = administrator("en", "/master/providers")) {
            Locator ours = admin.find("li:has-text('" + MapperProperties.MAPPER_ID + "')")
                    .last();
            ours.getByRole(AriaRole.BUTTON).click();
            assertThat(ours).containsText("version");
            ours.scrollIntoViewIfNeeded();
            admin.picture("admin-server-info");
        }
    }

    private static String mapper() {
        String id = realm().identityProviders().get(ALIAS).getMappers().get(0).getId();
        return "/demo/identity-providers/oidc/" + ALIAS + "/mappers/" + id;
    }

    private static RealmResource realm() {
        return demo.keycloak().admin().realm("demo");
    }

    private Person withGrant(String language) {
        Person ada = chromium.person(language);
        ada.open(demo.app());
        ada.page().click("#sign-in");
        ada.signInWithMicrosoft(ALIAS, DefaultAccounts.ADA);
        assertThat(ada.find("#grant-id")).isVisible();
        return ada;
    }

    private Person administrator(String language, String place) {
        Person admin = chromium.person(language);
        admin.open(URI.create(demo.keycloak().baseUrl() + "/admin/master/console/#" + place));
        admin.signIn("admin", "admin");
        return admin;
    }

    private static String grantId() {
        return demo.nylas().grants().stream()
                .filter(grant -> DefaultAccounts.ADA.mail().equals(grant.email()))
                .map(Grant::id)
                .findFirst()
                .orElseThrow();
    }
}
