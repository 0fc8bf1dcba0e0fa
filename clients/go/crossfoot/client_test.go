package crossfoot

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"

	crossfootv1 "crossfoot.dev/api/crossfoot/v1"
)

// fakeServer answers as each test says.
type fakeServer struct {
	crossfootv1.UnimplementedValidationServiceServer
	crossfootv1.UnimplementedDocumentServiceServer
	crossfootv1.UnimplementedRuleServiceServer

	validate func(context.Context, *crossfootv1.ValidateDocumentRequest) (*crossfootv1.ValidateDocumentResponse, error)
	stream   func(crossfootv1.ValidationService_ValidateDocumentsServer) error
	create   func(*crossfootv1.CreateDocumentRequest) (*crossfootv1.Document, error)
	upload   func(crossfootv1.DocumentService_UploadDocumentServer) error
	rules    func(*crossfootv1.ListRulesRequest) (*crossfootv1.ListRulesResponse, error)
}

func (s *fakeServer) ListRules(_ context.Context, request *crossfootv1.ListRulesRequest) (
	*crossfootv1.ListRulesResponse, error) {
	return s.rules(request)
}

func (s *fakeServer) ValidateDocument(ctx context.Context, request *crossfootv1.ValidateDocumentRequest) (
	*crossfootv1.ValidateDocumentResponse, error) {
	return s.validate(ctx, request)
}

func (s *fakeServer) ValidateDocuments(stream crossfootv1.ValidationService_ValidateDocumentsServer) error {
	return s.stream(stream)
}

func (s *fakeServer) CreateDocument(_ context.Context, request *crossfootv1.CreateDocumentRequest) (
	*crossfootv1.Document, error) {
	return s.create(request)
}

func (s *fakeServer) UploadDocument(stream crossfootv1.DocumentService_UploadDocumentServer) error {
	return s.upload(stream)
}

// serve gives a client of the server, both gone at the end of the test.
func serve(t *testing.T, fake *fakeServer, options ...Option) *Client {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(math.MaxInt32))
	crossfootv1.RegisterValidationServiceServer(server, fake)
	crossfootv1.RegisterDocumentServiceServer(server, fake)
	crossfootv1.RegisterRuleServiceServer(server, fake)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	client, err := NewClient(listener.Addr().String(), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func TestNewClientRefusesWhatWouldShowTheToken(t *testing.T) {
	for _, server := range []string{"http://figures.example.org:50051", "http://192.0.2.1:80"} {
		if _, err := NewClient(server, WithToken("secret")); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("a token to %s: %v; want an error without it", server, err)
		}
	}
	for _, server := range []string{"https://figures.example.org:443", "http://[::1]:50051"} {
		client, err := NewClient(server, WithToken("secret"))
		if err != nil {
			t.Errorf("a token to %s: %v", server, err)
			continue
		}
		_ = client.Close()
	}
	if _, err := NewClient("localhost:1", WithToken("two words")); err == nil {
		t.Error("a token with a blank is accepted")
	}
}

func TestNewClientRefusesFilesThatAreNone(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := NewClient("localhost:1", WithCAFile(empty)); err == nil {
		t.Error("a file without a certificate is accepted")
	}
	if _, err := NewClient("localhost:1", WithCAFile(empty+".gone")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
	if _, err := NewClient("localhost:1", WithCertificate(empty, empty)); err == nil {
		t.Error("an empty certificate is accepted")
	}
}

func TestSendsTokenAndVersion(t *testing.T) {
	client := serve(t, &fakeServer{validate: func(ctx context.Context, _ *crossfootv1.ValidateDocumentRequest) (
		*crossfootv1.ValidateDocumentResponse, error) {
		headers, _ := metadata.FromIncomingContext(ctx)
		if got := headers.Get("authorization"); len(got) != 1 || got[0] != "Bearer secret" {
			t.Errorf("authorization is %q", got)
		}
		if got := headers.Get("user-agent"); !strings.HasPrefix(got[0], "crossfoot-go/"+Version+" ") {
			t.Errorf("user-agent is %q", got)
		}
		return &crossfootv1.ValidateDocumentResponse{}, nil
	}}, WithToken("secret"))
	if _, err := client.CheckText(context.Background(), "…", nil); err != nil {
		t.Error(err)
	}
}

func TestErrorHasReasonAndDetails(t *testing.T) {
	client := serve(t, &fakeServer{validate: func(context.Context, *crossfootv1.ValidateDocumentRequest) (
		*crossfootv1.ValidateDocumentResponse, error) {
		s, err := status.New(codes.ResourceExhausted, "too busy").WithDetails(
			&errdetails.RetryInfo{RetryDelay: durationpb.New(1500 * time.Millisecond)},
			&errdetails.ErrorInfo{Domain: "example.org", Reason: "NOT_OURS"},
			&errdetails.ErrorInfo{Domain: errorDomain, Reason: "SERVER_BUSY", Metadata: map[string]string{"limit": "calls"}})
		if err != nil {
			t.Error(err)
		}
		return nil, s.Err()
	}})
	_, err := client.CheckText(context.Background(), "…", nil)
	var failure *Error
	if !errors.As(fmt.Errorf("wrapped: %w", err), &failure) {
		t.Fatalf("got %v; want an *Error", err)
	}
	if failure.Code != codes.ResourceExhausted || failure.Reason != "SERVER_BUSY" || failure.Message != "too busy" ||
		failure.Metadata["limit"] != "calls" || failure.RetryDelay != 1500*time.Millisecond {
		t.Errorf("got %+v", failure)
	}
	if status.Code(err) != codes.ResourceExhausted {
		t.Errorf("gRPC sees %v", status.Code(err))
	}
}

func TestTriesAgainWithTheWholeRequest(t *testing.T) {
	large := bytes.Repeat([]byte("增长5.4%。"), 1<<20)
	attempts := 0
	client := serve(t, &fakeServer{validate: func(_ context.Context, request *crossfootv1.ValidateDocumentRequest) (
		*crossfootv1.ValidateDocumentResponse, error) {
		if attempts++; attempts < 3 {
			return nil, status.Error(codes.Unavailable, "starting")
		}
		if !bytes.Equal(request.GetDocument().GetContent(), large) {
			t.Error("the third attempt has another document")
		}
		// Larger than what gRPC receives by default.
		return &crossfootv1.ValidateDocumentResponse{Document: Text("", strings.Repeat("x", 8<<20))}, nil
	}})
	response, err := client.Check(context.Background(), &crossfootv1.ValidateDocumentRequest{Document: Bytes("", large)})
	if err != nil || len(response.GetDocument().GetText()) != 8<<20 || attempts != 3 {
		t.Errorf("got %v after %d attempts", err, attempts)
	}
}

func TestTimeoutAndContextEndACall(t *testing.T) {
	fake := &fakeServer{validate: func(ctx context.Context, _ *crossfootv1.ValidateDocumentRequest) (
		*crossfootv1.ValidateDocumentResponse, error) {
		<-ctx.Done()
		return nil, status.FromContextError(ctx.Err()).Err()
	}}
	_, err := serve(t, fake, WithTimeout(50*time.Millisecond)).CheckText(context.Background(), "…", nil)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v; want the timeout", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err = serve(t, fake).CheckText(ctx, "…", nil)
	if !errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v; want the cancellation", err)
	}
}

func TestCheckFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "报告.txt")
	if err := os.WriteFile(path, []byte("\xef\xbb\xbf增长"), 0o600); err != nil {
		t.Fatal(err)
	}
	client := serve(t, &fakeServer{validate: func(_ context.Context, request *crossfootv1.ValidateDocumentRequest) (
		*crossfootv1.ValidateDocumentResponse, error) {
		if document := request.GetDocument(); document.GetUri() != path ||
			string(document.GetContent()) != "\xef\xbb\xbf增长" {
			t.Errorf("the document is %v", document)
		}
		if request.GetOptions().GetView() != crossfootv1.View_VIEW_SUMMARY {
			t.Errorf("the options are %v", request.GetOptions())
		}
		return &crossfootv1.ValidateDocumentResponse{}, nil
	}})
	options := &crossfootv1.ReadingOptions{View: crossfootv1.View_VIEW_SUMMARY}
	if _, err := client.CheckFile(context.Background(), path, options); err != nil {
		t.Error(err)
	}
	if _, err := client.CheckFile(context.Background(), path+".gone", nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file gives %v", err)
	}
}

func TestAllRulesAsksForEveryPage(t *testing.T) {
	client := serve(t, &fakeServer{rules: func(request *crossfootv1.ListRulesRequest) (
		*crossfootv1.ListRulesResponse, error) {
		if request.GetRulePack() != "rulePacks/totals" {
			t.Errorf("a page is asked for with %v", request)
		}
		next := map[string]string{"": "b", "b": "c", "c": ""}[request.GetPageToken()]
		return &crossfootv1.ListRulesResponse{
			Rules: []*crossfootv1.Rule{{Name: "rules/" + request.GetPageToken()}}, NextPageToken: next}, nil
	}})
	rules, err := client.AllRules(context.Background(), &crossfootv1.ListRulesRequest{RulePack: "rulePacks/totals"})
	if err != nil || len(rules) != 3 || rules[2].GetName() != "rules/c" {
		t.Errorf("got %v, %v", rules, err)
	}
}

func TestPlaces(t *testing.T) {
	own := &crossfootv1.Figure{Id: "f1", Span: &crossfootv1.TextSpan{Line: 3, Column: 4, Content: "5.4%"}}
	earlier := &crossfootv1.Figure{Id: "h1", Span: &crossfootv1.TextSpan{Line: 1}}
	result := &crossfootv1.ValidateDocumentResponse{
		Document:     &crossfootv1.Document{Uri: "new.txt"},
		Figures:      []*crossfootv1.Figure{own, {Id: "f2"}},
		CitedFigures: []*crossfootv1.CitedFigure{{DocumentUri: "old.txt", Figure: earlier}},
	}
	places := Places(result, &crossfootv1.Finding{FigureIds: []string{"h1", "f1", "gone"}})
	if len(places) != 2 || places[0] != (Place{"old.txt", earlier}) || places[1] != (Place{"new.txt", own}) {
		t.Errorf("got %v", places)
	}
}

func request(id string) *crossfootv1.ValidateDocumentsRequest {
	return &crossfootv1.ValidateDocumentsRequest{Id: id}
}

func answer(id string) *crossfootv1.ValidateDocumentsResponse {
	return &crossfootv1.ValidateDocumentsResponse{Id: id, Response: &crossfootv1.ValidateDocumentResponse{}}
}

// answerAll answers each request at once.
func answerAll(stream crossfootv1.ValidationService_ValidateDocumentsServer) error {
	for {
		request, err := stream.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(answer(request.GetId())); err != nil {
			return err
		}
	}
}

func TestCheckManyGivesResultsAndErrorsOfDocuments(t *testing.T) {
	client := serve(t, &fakeServer{stream: func(stream crossfootv1.ValidationService_ValidateDocumentsServer) error {
		for {
			request, err := stream.Recv()
			if err == io.EOF {
				return nil
			}
			response := answer(request.GetId())
			if request.GetId() == "bad" {
				response.Response.Error = &crossfootv1.DocumentError{
					Reason: "DOCUMENT_EMPTY", Message: "nothing", Metadata: map[string]string{"a": "b"}}
			}
			if err := stream.Send(response); err != nil {
				return err
			}
		}
	}})
	results := client.CheckMany(context.Background(), RequestsOf(request("good"), request("bad")))
	defer results.Close()
	if !results.Next() || results.ID() != "good" {
		t.Fatalf("got %q, %v; want the first result", results.ID(), results.Err())
	}
	if result, err := results.Result(); result == nil || err != nil {
		t.Errorf("got %v, %v", result, err)
	}
	if !results.Next() || results.ID() != "bad" {
		t.Fatalf("got %q, %v; want the second result", results.ID(), results.Err())
	}
	result, err := results.Result()
	var failure *Error
	if result != nil || !errors.As(err, &failure) || failure.Reason != "DOCUMENT_EMPTY" || failure.Metadata["a"] != "b" {
		t.Errorf("got %v, %v", result, err)
	}
	if results.Next() || results.Err() != nil {
		t.Errorf("more results, or %v", results.Err())
	}
}

func TestCheckManyTakesNoShortStreamForAWholeOne(t *testing.T) {
	for name, stream := range map[string]func(crossfootv1.ValidationService_ValidateDocumentsServer) error{
		"OK after one": func(stream crossfootv1.ValidationService_ValidateDocumentsServer) error {
			request, err := stream.Recv()
			if err != nil {
				return err
			}
			return stream.Send(answer(request.GetId()))
		},
		"an error after one": func(stream crossfootv1.ValidationService_ValidateDocumentsServer) error {
			request, err := stream.Recv()
			if err != nil {
				return err
			}
			if err := stream.Send(answer(request.GetId())); err != nil {
				return err
			}
			return status.Error(codes.Unavailable, "stopping")
		},
	} {
		results := serve(t, &fakeServer{stream: stream}).CheckMany(
			context.Background(), RequestsOf(request("1"), request("2")))
		count := 0
		for results.Next() {
			count++
		}
		var failure *Error
		if count != 1 || !errors.As(results.Err(), &failure) {
			t.Errorf("%s: %d results, then %v; want one, then an *Error", name, count, results.Err())
		}
		results.Close()
	}
}

func TestCheckManyEndsWithTheErrorOfTheRequests(t *testing.T) {
	broken := errors.New("the disk is gone")
	sent := false
	results := serve(t, &fakeServer{stream: answerAll}).CheckMany(context.Background(),
		func(context.Context) (*crossfootv1.ValidateDocumentsRequest, error) {
			if sent {
				return nil, broken
			}
			sent = true
			return request("1"), nil
		})
	defer results.Close()
	for results.Next() {
	}
	if results.Err() != broken {
		t.Errorf("got %v; want the error of the requests", results.Err())
	}
}

func TestCheckManyReadsNoFurtherThanTheServer(t *testing.T) {
	large := &crossfootv1.ValidateDocumentsRequest{Request: &crossfootv1.ValidateDocumentRequest{
		Document: Bytes("", make([]byte, 1<<20))}}
	var lock sync.Mutex
	asked := 0
	stalled := make(chan struct{})
	client := serve(t, &fakeServer{stream: func(stream crossfootv1.ValidationService_ValidateDocumentsServer) error {
		<-stream.Context().Done()
		return stream.Context().Err()
	}})
	results := client.CheckMany(context.Background(), func(ctx context.Context) (
		*crossfootv1.ValidateDocumentsRequest, error) {
		lock.Lock()
		defer lock.Unlock()
		if asked++; asked == 1 {
			time.AfterFunc(300*time.Millisecond, func() { close(stalled) })
		}
		return large, nil
	})
	<-stalled
	lock.Lock()
	before := asked
	lock.Unlock()
	if before > 5 {
		t.Errorf("%d requests were read though the server took none", before)
	}
	// Ends though sending is blocked.
	results.Close()
	if results.Next() || results.Err() != nil {
		t.Errorf("after Close: %q, %v", results.ID(), results.Err())
	}
}

func TestCreateDocumentMayBeRepeated(t *testing.T) {
	var ids []string
	client := serve(t, &fakeServer{create: func(request *crossfootv1.CreateDocumentRequest) (
		*crossfootv1.Document, error) {
		if ids = append(ids, request.GetRequestId()); len(ids) == 1 {
			return nil, status.Error(codes.Unavailable, "stopping")
		}
		return &crossfootv1.Document{Name: "documents/stored"}, nil
	}})
	create := &crossfootv1.CreateDocumentRequest{DocumentId: "stored"}
	if _, err := client.CreateDocument(context.Background(), create); err != nil {
		t.Fatal(err)
	}
	if len(ids) != 2 || ids[0] != ids[1] || len(ids[0]) != 36 || create.GetRequestId() != "" {
		t.Errorf("the attempts had the request ids %q", ids)
	}
	create.RequestId = "own"
	if _, err := client.CreateDocument(context.Background(), create); err != nil || ids[2] != "own" {
		t.Errorf("got %v with the request id %q", err, ids[2])
	}
}

func TestUploadDocumentSendsEveryByteAndTheDigest(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789"), chunkBytes/5)
	client := serve(t, &fakeServer{upload: func(stream crossfootv1.DocumentService_UploadDocumentServer) error {
		first, err := stream.Recv()
		if err != nil || first.GetCreate().GetDocumentId() != "stored" {
			t.Errorf("the first message is %v, %v", first, err)
		}
		digest := sha256.New()
		for {
			message, err := stream.Recv()
			if err != nil {
				return err
			}
			if message.GetSha256() != "" {
				if message.GetSha256() != hex.EncodeToString(digest.Sum(nil)) {
					t.Error("the digest is not the one of the chunks")
				}
				break
			}
			digest.Write(message.GetChunk())
		}
		if wanted := sha256.Sum256(content); !bytes.Equal(digest.Sum(nil), wanted[:]) {
			t.Error("the chunks are not the content")
		}
		return stream.SendAndClose(&crossfootv1.Document{Name: "documents/stored"})
	}})
	create := &crossfootv1.CreateDocumentRequest{DocumentId: "stored"}
	document, err := client.UploadDocument(context.Background(), create, bytes.NewReader(content))
	if err != nil || document.GetName() != "documents/stored" {
		t.Errorf("got %v, %v", document, err)
	}
}

func TestUploadDocumentTellsWhatWentWrong(t *testing.T) {
	ended := make(chan error, 1)
	client := serve(t, &fakeServer{upload: func(stream crossfootv1.DocumentService_UploadDocumentServer) error {
		for {
			if _, err := stream.Recv(); err != nil {
				ended <- err
				return err
			}
		}
	}})
	broken := errors.New("the disk is gone")
	_, err := client.UploadDocument(context.Background(), &crossfootv1.CreateDocumentRequest{},
		io.MultiReader(strings.NewReader("half"), &failingReader{broken}))
	if err != broken {
		t.Errorf("got %v; want the error of the reader", err)
	}
	if err := <-ended; err == io.EOF {
		t.Error("the server saw an upload that ended well")
	}

	refusing := serve(t, &fakeServer{upload: func(crossfootv1.DocumentService_UploadDocumentServer) error {
		return status.Error(codes.PermissionDenied, "no")
	}})
	_, err = refusing.UploadDocument(context.Background(), &crossfootv1.CreateDocumentRequest{},
		bytes.NewReader(make([]byte, 8<<20)))
	if status.Code(err) != codes.PermissionDenied {
		t.Errorf("got %v; want the answer of the server", err)
	}
}

type failingReader struct{ err error }

func (r *failingReader) Read([]byte) (int, error) { return 0, r.err }
