package io.github.keycloaknylas.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.GrantRequest;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasConnector;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.mail.ExampleMail;
import io.github.keycloaknylas.testkit.nylas.ExchangeResult;
import io.github.keycloaknylas.testkit.nylas.FakeNylas;
import io.github.keycloaknylas.testkit.nylas.KnownTokens;
import io.github.keycloaknylas.testkit.nylas.Mailbox;
import io.github.keycloaknylas.testkit.nylas.OAuthClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mail provider that the extension does not know gets what Microsoft gets. */
class SecondProviderTest {

    private static final ExpectedIdentity ADA = new ExpectedIdentity("ada-17", null, null, null, null);

    private final MailProvider example = new ExampleMail();
    private final KnownTokens tokens = new KnownTokens();
    private final FakeNylas nylas = FakeNylas.start(new KnownTokens());
    private final CloseableHttpClient http = HttpClients.createDefault();
    private final NylasClient client = new NylasClient(http, Duration.ofSeconds(20));
    private final ApiKey connection = new ApiKey(nylas.uri(), "nyk_example");

    SecondProviderTest() {
        nylas.provider(ExampleMail.NAME, tokens);
        nylas.application("example")
                .apiKey("nyk_example")
                .connector(ExampleMail.NAME, new OAuthClient("client", "secret"), null, "postbox");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        http.close();
        nylas.close();
    }

    private CallResult<NylasGrant> connect(ExchangeResult result) {
        tokens.know("token", result);
        return client.connect(connection, new GrantRequest("token", null), example);
    }

    @Test
    void itsTokenBecomesAGrantOfItsOwnThatFitsThePersonByItsOwnId() {
        NylasGrant grant = ((CallResult.Done<NylasGrant>)
                        connect(new Mailbox("postbox@elsewhere.test", "PERSON-ADA-17", null, List.of("postbox"))))
                .value();

        assertThat(nylas.grants()).singleElement().satisfies(made -> {
            assertThat(made.id()).isEqualTo(grant.id());
            assertThat(made.provider()).isEqualTo(ExampleMail.NAME);
        });
        assertThat(ADA.compare(grant.providerUserId(), grant.email(), example)).isEqualTo(IdentityMatch.SAME_ID);
        assertThat(ADA.compare(grant.providerUserId(), grant.email(), new Microsoft()))
                .isEqualTo(IdentityMatch.OTHER_ID);
    }

    @Test
    void aGrantOfAnotherProviderIsNotIts() {
        tokens.know("token", new Mailbox("ada@example.com", null, null, List.of()));
        nylas.application("other")
                .apiKey("nyk_other")
                .connector(ExampleMail.NAME, new OAuthClient("client", "secret"), null);

        CallResult<NylasGrant> answer =
                client.connect(new ApiKey(nylas.uri(), "nyk_other"), new GrantRequest("token", null), new Microsoft());

        assertThat(answer).isInstanceOf(CallResult.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "EX-100, SIGN_IN_AGAIN, , TOKEN_REFUSED",
        "EX-200, ADMINISTRATOR, CREDENTIAL, CLIENT_REFUSED",
        "EX-300, ADMINISTRATOR, ROW, CONSENT_MISSING",
    })
    void itsErrorCodesMeanWhatItSays(String code, FailureKind kind, FailureReach reach, String meaning) {
        CallResult<NylasGrant> answer = connect(new ExchangeResult.Refused("no", "Reason: " + code));

        assertThat(answer).isInstanceOfSatisfying(CallResult.Failed.class, failed -> {
            Failure failure = failed.failure();
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.reach()).isEqualTo(reach);
            assertThat(failure.hint()).isEqualTo("Example Mail said " + meaning + " (" + code + ").");
        });
    }

    @Test
    void microsoftsCodesMeanNothingToIt() {
        CallResult<NylasGrant> answer = connect(new ExchangeResult.Refused("no", "AADSTS70008: expired"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        CallResult.Failed.class,
                        failed -> assertThat(failed.failure().reach()).isEqualTo(FailureReach.ROW));
    }

    @Test
    void itsConnectorIsRead() {
        CallResult<NylasConnector> answer = client.connector(connection, example);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        CallResult.Done.class,
                        done -> assertThat(done.value())
                                .isEqualTo(new NylasConnector("client", null, Set.of("postbox"))));
    }
}
