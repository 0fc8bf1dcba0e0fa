package crossfoot

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/protobuf/proto"

	crossfootv1 "crossfoot.dev/api/crossfoot/v1"
)

// DefaultTimeout bounds a call, the attempts that fail and the waiting between them included.
const DefaultTimeout = 60 * time.Second

// chunkBytes is the length of the pieces of UploadDocument, the most that the service allows.
const chunkBytes = 1 << 20

// Which methods are tried again, how often, and after what.  The same file serves the clients of all languages.
//
//go:embed service_config.json
var serviceConfig string

// Client calls one server.  It may be used by several goroutines at once and is meant to be kept.
//
// Nothing is sent before the first call.  Every call ends by the earlier of its context's deadline and the client's
// timeout, but for CheckMany, which the context alone ends.  A call that finds no server is tried again a few times
// with growing pauses.
type Client struct {
	connection *grpc.ClientConn
	timeout    time.Duration
	token      string
	validation crossfootv1.ValidationServiceClient
	extraction crossfootv1.ExtractionServiceClient
	documents  crossfootv1.DocumentServiceClient
	rules      crossfootv1.RuleServiceClient
}

// keepNothing is for streams: they are not tried again, so nothing of them is kept for that.
var keepNothing = grpc.MaxRetryRPCBufferSize(0)

type settings struct {
	token, caFile, certificateFile, keyFile string
	timeout                                 time.Duration
}

// Option says how a server is reached.
type Option func(*settings)

// WithToken sends the token with each call.  NewClient refuses it for a server on another machine that is not spoken to
// encrypted.
func WithToken(token string) Option {
	return func(s *settings) { s.token = token }
}

// WithCAFile trusts the authorities in a PEM file instead of the system's, and encrypts.
func WithCAFile(path string) Option {
	return func(s *settings) { s.caFile = path }
}

// WithCertificate shows a certificate (PEM, with its chain and its key) to the server, and encrypts.
func WithCertificate(certificateFile, keyFile string) Option {
	return func(s *settings) { s.certificateFile, s.keyFile = certificateFile, keyFile }
}

// WithTimeout replaces DefaultTimeout; 0 sets no bound but the context's.
func WithTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.timeout = timeout }
}

// NewClient makes a client of the server at "HOST:PORT", "https://HOST:PORT" or "http://HOST:PORT".  Without a scheme
// the connection is encrypted unless HOST is this machine and no certificate is given.  It fails for a target that is
// none, for files that cannot be read, and for a token that could be read on its way.
func NewClient(server string, options ...Option) (*Client, error) {
	s := settings{timeout: DefaultTimeout}
	for _, option := range options {
		option(&s)
	}
	where, err := parseTarget(server, s.caFile != "" || s.certificateFile != "" || s.keyFile != "")
	if err != nil {
		return nil, err
	}
	for _, letter := range []byte(s.token) {
		// Blanks and line breaks would end the header or begin another one.
		if letter <= ' ' || letter >= 0x7f {
			return nil, errors.New("crossfoot: the token holds blanks, line breaks or letters that no token has")
		}
	}
	if s.token != "" && !where.tls && !where.loopback() {
		return nil, fmt.Errorf("crossfoot: refused to send a token to %s unencrypted; use https://", server)
	}
	transport := insecure.NewCredentials()
	if where.tls {
		if transport, err = transportCredentials(s); err != nil {
			return nil, err
		}
	}
	dial := []grpc.DialOption{
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultServiceConfig(serviceConfig),
		// What the DNS says of the service does not replace it.
		grpc.WithDisableServiceConfig(),
		grpc.WithConnectParams(grpc.ConnectParams{
			Backoff: backoff.Config{
				BaseDelay: 200 * time.Millisecond, Multiplier: 1.6, Jitter: 0.2, MaxDelay: time.Minute},
			MinConnectTimeout: 20 * time.Second,
		}),
		grpc.WithUserAgent("crossfoot-go/" + Version),
		grpc.WithDefaultCallOptions(
			// Results have no fixed bound: each figure of a long report with its evidence.
			grpc.MaxCallRecvMsgSize(math.MaxInt32),
			// What is larger than this buffer is never tried again.
			grpc.MaxRetryRPCBufferSize(math.MaxInt32)),
		// A server that is gone without a word ends a stream that has no deadline.
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: time.Minute, Timeout: 20 * time.Second}),
	}
	if where.loopback() {
		// This machine is reached without the proxy of the environment, also by a token.
		dial = append(dial, grpc.WithNoProxy())
	}
	if s.token != "" {
		dial = append(dial, grpc.WithPerRPCCredentials(bearer{s.token}))
	}
	connection, err := grpc.NewClient("dns:///"+net.JoinHostPort(where.host, where.port), dial...)
	if err != nil {
		return nil, fmt.Errorf("crossfoot: %w", err)
	}
	return &Client{
		connection: connection,
		timeout:    s.timeout,
		validation: crossfootv1.NewValidationServiceClient(connection),
		extraction: crossfootv1.NewExtractionServiceClient(connection),
		documents:  crossfootv1.NewDocumentServiceClient(connection),
		rules:      crossfootv1.NewRuleServiceClient(connection),
	}, nil
}

func transportCredentials(s settings) (credentials.TransportCredentials, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.caFile != "" {
		pem, err := os.ReadFile(s.caFile)
		if err != nil {
			return nil, fmt.Errorf("crossfoot: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("crossfoot: %s holds no certificate in PEM", s.caFile)
		}
	}
	if s.certificateFile != "" || s.keyFile != "" {
		certificate, err := tls.LoadX509KeyPair(s.certificateFile, s.keyFile)
		if err != nil {
			return nil, fmt.Errorf("crossfoot: %w", err)
		}
		config.Certificates = []tls.Certificate{certificate}
	}
	return credentials.NewTLS(config), nil
}

// bearer sends a token.  NewClient has made sure that it stays on this machine or is encrypted.
type bearer struct{ token string }

func (b bearer) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + b.token}, nil
}

func (bearer) RequireTransportSecurity() bool { return false }

// Close gives up the calls under way and ends the connection.
func (c *Client) Close() error { return c.connection.Close() }

// Text is a document given as text.  The uri names it in results and may be empty.
func Text(uri, text string) *crossfootv1.Document {
	return &crossfootv1.Document{Uri: uri, Source: &crossfootv1.Document_Text{Text: text}}
}

// Bytes is a document given as its bytes: text, Markdown or HTML in any encoding that is read.
func Bytes(uri string, content []byte) *crossfootv1.Document {
	return &crossfootv1.Document{Uri: uri, Source: &crossfootv1.Document_Content{Content: content}}
}

// File reads a document, whose uri is the path.  Fails with what os.ReadFile says.
func File(path string) (*crossfootv1.Document, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Bytes(path, content), nil
}

// call makes a unary call with the client's timeout.
func call[Request, Response any](ctx context.Context, c *Client, request Request,
	method func(context.Context, Request, ...grpc.CallOption) (Response, error)) (Response, error) {
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	response, err := method(ctx, request)
	if err != nil {
		var none Response
		return none, callError(err)
	}
	return response, nil
}

func (c *Client) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	if c.timeout == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, c.timeout)
}

// Check extracts the figures of a report and checks them.
func (c *Client) Check(ctx context.Context, request *crossfootv1.ValidateDocumentRequest) (
	*crossfootv1.ValidateDocumentResponse, error) {
	return call(ctx, c, request, c.validation.ValidateDocument)
}

// CheckText checks a report given as text.  Nil options are the defaults.
func (c *Client) CheckText(ctx context.Context, text string, options *crossfootv1.ReadingOptions) (
	*crossfootv1.ValidateDocumentResponse, error) {
	return c.Check(ctx, &crossfootv1.ValidateDocumentRequest{Document: Text("", text), Options: options})
}

// CheckFile checks a report in a file.  Nil options are the defaults.  A file that cannot be read fails with what
// os.ReadFile says.
func (c *Client) CheckFile(ctx context.Context, path string, options *crossfootv1.ReadingOptions) (
	*crossfootv1.ValidateDocumentResponse, error) {
	document, err := File(path)
	if err != nil {
		return nil, err
	}
	return c.Check(ctx, &crossfootv1.ValidateDocumentRequest{Document: document, Options: options})
}

// CheckSet checks several reports, the oldest first, each by itself and against those before it.
func (c *Client) CheckSet(ctx context.Context, request *crossfootv1.ValidateDocumentSetRequest) (
	*crossfootv1.ValidateDocumentSetResponse, error) {
	return call(ctx, c, request, c.validation.ValidateDocumentSet)
}

// Extract reads the figures of a report without judging them.
func (c *Client) Extract(ctx context.Context, request *crossfootv1.ExtractFiguresRequest) (
	*crossfootv1.ExtractFiguresResponse, error) {
	return call(ctx, c, request, c.extraction.ExtractFigures)
}

// CreateDocument stores a report.  A request without request_id gets one, so that an attempt that is repeated stores
// nothing twice.
func (c *Client) CreateDocument(ctx context.Context, request *crossfootv1.CreateDocumentRequest) (
	*crossfootv1.Document, error) {
	request, err := withRequestID(request)
	if err != nil {
		return nil, err
	}
	return call(ctx, c, request, c.documents.CreateDocument)
}

// UploadDocument stores the report that content gives, in pieces.  The document of the request has no source.  An error
// of content is returned as it is, and nothing is stored then.
func (c *Client) UploadDocument(ctx context.Context, request *crossfootv1.CreateDocumentRequest, content io.Reader) (
	*crossfootv1.Document, error) {
	ctx, cancel := c.bounded(ctx)
	defer cancel()
	stream, err := c.documents.UploadDocument(ctx, keepNothing)
	if err != nil {
		return nil, callError(err)
	}
	digest := sha256.New()
	err = stream.Send(&crossfootv1.UploadDocumentRequest{
		Part: &crossfootv1.UploadDocumentRequest_Create{Create: request}})
	chunk := make([]byte, chunkBytes)
	for err == nil {
		length, readError := io.ReadFull(content, chunk)
		if length > 0 {
			digest.Write(chunk[:length])
			err = stream.Send(&crossfootv1.UploadDocumentRequest{
				Part: &crossfootv1.UploadDocumentRequest_Chunk{Chunk: chunk[:length]}})
		}
		if readError == io.EOF || readError == io.ErrUnexpectedEOF {
			break
		}
		if readError != nil {
			// Leaving ends the context: the server sees an upload without its digest.
			return nil, readError
		}
	}
	if err == nil {
		err = stream.Send(&crossfootv1.UploadDocumentRequest{
			Part: &crossfootv1.UploadDocumentRequest_Sha256{Sha256: hex.EncodeToString(digest.Sum(nil))}})
	}
	// Send fails with io.EOF where the server has answered already; the answer says why.
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, callError(err)
	}
	document, err := stream.CloseAndRecv()
	if err != nil {
		return nil, callError(err)
	}
	return document, nil
}

// GetDocument gives a stored report.
func (c *Client) GetDocument(ctx context.Context, request *crossfootv1.GetDocumentRequest) (
	*crossfootv1.Document, error) {
	return call(ctx, c, request, c.documents.GetDocument)
}

// ListDocuments gives one page of the stored reports, the latest first.
func (c *Client) ListDocuments(ctx context.Context, request *crossfootv1.ListDocumentsRequest) (
	*crossfootv1.ListDocumentsResponse, error) {
	return call(ctx, c, request, c.documents.ListDocuments)
}

// AllDocuments gives the stored reports of all pages, from the one that the request asks for.
func (c *Client) AllDocuments(ctx context.Context, request *crossfootv1.ListDocumentsRequest) (
	[]*crossfootv1.Document, error) {
	return allPages(request.GetPageToken(), func(token string) ([]*crossfootv1.Document, string, error) {
		page := proto.Clone(request).(*crossfootv1.ListDocumentsRequest)
		page.PageToken = token
		response, err := c.ListDocuments(ctx, page)
		return response.GetDocuments(), response.GetNextPageToken(), err
	})
}

// DeleteDocument removes a stored report.
func (c *Client) DeleteDocument(ctx context.Context, request *crossfootv1.DeleteDocumentRequest) error {
	_, err := call(ctx, c, request, c.documents.DeleteDocument)
	return err
}

// ListRulePacks gives one page of the rule packs in force.
func (c *Client) ListRulePacks(ctx context.Context, request *crossfootv1.ListRulePacksRequest) (
	*crossfootv1.ListRulePacksResponse, error) {
	return call(ctx, c, request, c.rules.ListRulePacks)
}

// AllRulePacks gives the rule packs of all pages, from the one that the request asks for.
func (c *Client) AllRulePacks(ctx context.Context, request *crossfootv1.ListRulePacksRequest) (
	[]*crossfootv1.RulePack, error) {
	return allPages(request.GetPageToken(), func(token string) ([]*crossfootv1.RulePack, string, error) {
		page := proto.Clone(request).(*crossfootv1.ListRulePacksRequest)
		page.PageToken = token
		response, err := c.ListRulePacks(ctx, page)
		return response.GetRulePacks(), response.GetNextPageToken(), err
	})
}

// ListRules gives one page of the rules in force.
func (c *Client) ListRules(ctx context.Context, request *crossfootv1.ListRulesRequest) (
	*crossfootv1.ListRulesResponse, error) {
	return call(ctx, c, request, c.rules.ListRules)
}

// AllRules gives the rules of all pages, from the one that the request asks for.
func (c *Client) AllRules(ctx context.Context, request *crossfootv1.ListRulesRequest) ([]*crossfootv1.Rule, error) {
	return allPages(request.GetPageToken(), func(token string) ([]*crossfootv1.Rule, string, error) {
		page := proto.Clone(request).(*crossfootv1.ListRulesRequest)
		page.PageToken = token
		response, err := c.ListRules(ctx, page)
		return response.GetRules(), response.GetNextPageToken(), err
	})
}

// GetRule gives a rule with its examples.
func (c *Client) GetRule(ctx context.Context, request *crossfootv1.GetRuleRequest) (*crossfootv1.Rule, error) {
	return call(ctx, c, request, c.rules.GetRule)
}

// TestRules runs the examples of a pack that is not in force.
func (c *Client) TestRules(ctx context.Context, request *crossfootv1.TestRulesRequest) (
	*crossfootv1.TestRulesResponse, error) {
	return call(ctx, c, request, c.rules.TestRules)
}

// allPages joins the pages from the one with the token on.  A page that fails fails all.
func allPages[Item any](token string, page func(token string) ([]Item, string, error)) ([]Item, error) {
	var all []Item
	for {
		items, next, err := page(token)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
		if next == "" {
			return all, nil
		}
		token = next
	}
}

// withRequestID gives the request itself, or a copy with a random request_id where it has none.
func withRequestID(request *crossfootv1.CreateDocumentRequest) (*crossfootv1.CreateDocumentRequest, error) {
	if request.GetRequestId() != "" {
		return request, nil
	}
	var id [16]byte
	if _, err := rand.Read(id[:]); err != nil {
		return nil, fmt.Errorf("crossfoot: %w", err)
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80 // a UUID of version 4
	copied := proto.Clone(request).(*crossfootv1.CreateDocumentRequest)
	copied.RequestId = fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
	return copied, nil
}
