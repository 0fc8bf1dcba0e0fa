// Conformance runs the cases of tests/conformance with the Go client.
//
//	conformance --servers=FILE --cases=FOLDER
//
// It prints a line a case and exits 0 when none failed, 1 otherwise, 2 when it could not run.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/emptypb"

	"crossfoot.dev/api/crossfoot"
	crossfootv1 "crossfoot.dev/api/crossfoot/v1"
)

type servers struct {
	Token   map[string]string `json:"token"`
	Servers map[string]struct {
		Target          string `json:"target"`
		CAFile          string `json:"ca_file"`
		CertificateFile string `json:"certificate_file"`
		KeyFile         string `json:"key_file"`
	} `json:"servers"`
}

type testCase struct {
	Description string `json:"description"`
	Server      string `json:"server"`
	Token       string `json:"token"`
	DeadlineMS  int    `json:"deadline_ms"`
	Before      []step `json:"before"`
	step
	Responses []json.RawMessage `json:"responses"`
	Error     *struct {
		Code     codeNames         `json:"code"`
		Reason   string            `json:"reason"`
		Metadata map[string]string `json:"metadata"`
	} `json:"error"`
	Ignore []string `json:"ignore"`
}

// step is one call.
type step struct {
	Call     string            `json:"call"`
	Requests []json.RawMessage `json:"requests"`
}

// codeNames is one name of a status code, or several.
type codeNames []string

func (c *codeNames) UnmarshalJSON(text []byte) error {
	var one string
	if json.Unmarshal(text, &one) == nil {
		*c = codeNames{one}
		return nil
	}
	return json.Unmarshal(text, (*[]string)(c))
}

// errSkip is the error of a case that the client cannot express.
var errSkip = errors.New("skip")

func main() {
	serversFile := flag.String("servers", "", "where the servers are: `FILE` that run.py wrote")
	casesFolder := flag.String("cases", "", "the `FOLDER` of the cases")
	flag.Parse()
	failed, err := run(*serversFile, *casesFolder)
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(2)
	}
	if failed > 0 {
		os.Exit(1)
	}
}

func run(serversFile, casesFolder string) (int, error) {
	var known servers
	text, err := os.ReadFile(serversFile)
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(text, &known); err != nil {
		return 0, fmt.Errorf("%s: %w", serversFile, err)
	}
	files, err := filepath.Glob(filepath.Join(casesFolder, "*.json"))
	if err != nil {
		return 0, err
	}
	if len(files) == 0 {
		return 0, fmt.Errorf("no case in %q", casesFolder)
	}
	sort.Strings(files)
	failed := 0
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		switch err := runCase(known, file); {
		case err == nil:
			fmt.Println("ok", name)
		case errors.Is(err, errSkip):
			fmt.Printf("skip %s: %v\n", name, err)
		default:
			failed++
			fmt.Printf("FAIL %s: %s\n", name, strings.Join(strings.Fields(err.Error()), " "))
		}
	}
	return failed, nil
}

func runCase(known servers, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var c testCase
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&c); err != nil {
		return err
	}
	where, ok := known.Servers[c.Server]
	if !ok {
		return fmt.Errorf("no server %q", c.Server)
	}
	var options []crossfoot.Option
	if c.Token != "" {
		options = append(options, crossfoot.WithToken(known.Token[c.Token]))
	}
	if where.CAFile != "" {
		options = append(options, crossfoot.WithCAFile(where.CAFile))
	}
	if where.CertificateFile != "" {
		options = append(options, crossfoot.WithCertificate(where.CertificateFile, where.KeyFile))
	}
	client, err := crossfoot.NewClient(where.Target, options...)
	if err != nil {
		return err
	}
	defer client.Close()
	deadline := 10 * time.Second
	if c.DeadlineMS > 0 {
		deadline = time.Duration(c.DeadlineMS) * time.Millisecond
	}
	for _, earlier := range c.Before {
		if _, err := makeCall(client, earlier, deadline); err != nil {
			return fmt.Errorf("before: %w", err)
		}
	}
	got, err := makeCall(client, c.step, deadline)
	if c.Error != nil {
		return compareError(c, got, err)
	}
	if err != nil {
		return fmt.Errorf("got %w, wanted %d responses", err, len(c.Responses))
	}
	if len(got) != len(c.Responses) {
		return fmt.Errorf("got %d responses, wanted %d", len(got), len(c.Responses))
	}
	wanted := make([]proto.Message, len(c.Responses))
	for index, text := range c.Responses {
		wanted[index] = got[index].ProtoReflect().New().Interface()
		if err := protojson.Unmarshal(text, wanted[index]); err != nil {
			return err
		}
	}
	sortByID(got)
	sortByID(wanted)
	for index := range got {
		for _, path := range c.Ignore {
			clear(got[index].ProtoReflect(), strings.Split(path, "."))
			clear(wanted[index].ProtoReflect(), strings.Split(path, "."))
		}
		if !proto.Equal(got[index], wanted[index]) {
			return fmt.Errorf("got %s, wanted %s", protojson.Format(got[index]), protojson.Format(wanted[index]))
		}
	}
	return nil
}

// makeCall gives what the method answered: one message, or those of a stream as they came.
func makeCall(client *crossfoot.Client, s step, deadline time.Duration) ([]proto.Message, error) {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	if s.Call == "ValidateDocuments" {
		return makeStream(ctx, client, s)
	}
	method, ok := calls(client)[s.Call]
	if !ok {
		return nil, fmt.Errorf("%w: no method %s", errSkip, s.Call)
	}
	if len(s.Requests) != 1 {
		return nil, fmt.Errorf("%d requests instead of 1", len(s.Requests))
	}
	response, err := method(ctx, s.Requests[0])
	if err != nil {
		return nil, err
	}
	return []proto.Message{response}, nil
}

func makeStream(ctx context.Context, client *crossfoot.Client, s step) ([]proto.Message, error) {
	requests := make([]*crossfootv1.ValidateDocumentsRequest, len(s.Requests))
	for index, text := range s.Requests {
		requests[index] = &crossfootv1.ValidateDocumentsRequest{}
		if err := protojson.Unmarshal(text, requests[index]); err != nil {
			return nil, err
		}
	}
	results := client.CheckMany(ctx, crossfoot.RequestsOf(requests...))
	defer results.Close()
	var got []proto.Message
	for results.Next() {
		response, err := results.Result()
		var failure *crossfoot.Error
		if errors.As(err, &failure) {
			// Cases say what programs go by, not the words for people.
			response = &crossfootv1.ValidateDocumentResponse{
				Error: &crossfootv1.DocumentError{Reason: failure.Reason, Metadata: failure.Metadata}}
		}
		got = append(got, &crossfootv1.ValidateDocumentsResponse{Id: results.ID(), Response: response})
	}
	return got, results.Err()
}

// sortByID orders the messages of a stream; others are alone.
func sortByID(messages []proto.Message) {
	sort.SliceStable(messages, func(a, b int) bool {
		first, ok := messages[a].(*crossfootv1.ValidateDocumentsResponse)
		return ok && first.GetId() < messages[b].(*crossfootv1.ValidateDocumentsResponse).GetId()
	})
}

// clear clears the field at the end of the path, in every element of what is repeated.
func clear(message protoreflect.Message, path []string) {
	field := message.Descriptor().Fields().ByName(protoreflect.Name(path[0]))
	switch {
	case field == nil:
		panic("no field " + path[0])
	case len(path) == 1:
		message.Clear(field)
	case field.IsList():
		list := message.Get(field).List()
		for index := 0; index < list.Len(); index++ {
			clear(list.Get(index).Message(), path[1:])
		}
	case message.Has(field):
		clear(message.Mutable(field).Message(), path[1:])
	}
}

var wordStart = regexp.MustCompile(`([a-z])([A-Z])`)

func compareError(c testCase, got []proto.Message, err error) error {
	wanted := strings.Join(c.Error.Code, " or ") + " " + c.Error.Reason
	var failure *crossfoot.Error
	if err == nil || !errors.As(err, &failure) {
		return fmt.Errorf("got response %v and error %v, wanted %s", got, err, wanted)
	}
	// "InvalidArgument" is INVALID_ARGUMENT elsewhere.
	code := strings.ToUpper(wordStart.ReplaceAllString(failure.Code.String(), "${1}_$2"))
	if code == "CANCELED" {
		code = "CANCELLED"
	}
	for key, value := range c.Error.Metadata {
		if failure.Metadata[key] != value {
			return fmt.Errorf("got metadata %v, wanted %v", failure.Metadata, c.Error.Metadata)
		}
	}
	for _, name := range c.Error.Code {
		if name == code && failure.Reason == c.Error.Reason {
			return nil
		}
	}
	return fmt.Errorf("got %s %s (%w), wanted %s", code, failure.Reason, err, wanted)
}

type unaryCall func(context.Context, []byte) (proto.Message, error)

// calls are the unary methods of the layer by the names that cases call them.
func calls(c *crossfoot.Client) map[string]unaryCall {
	return map[string]unaryCall{
		"ValidateDocument":    unary(&crossfootv1.ValidateDocumentRequest{}, c.Check),
		"ValidateDocumentSet": unary(&crossfootv1.ValidateDocumentSetRequest{}, c.CheckSet),
		"ExtractFigures":      unary(&crossfootv1.ExtractFiguresRequest{}, c.Extract),
		"CreateDocument":      unary(&crossfootv1.CreateDocumentRequest{}, c.CreateDocument),
		"UploadDocument": unary(&crossfootv1.CreateDocumentRequest{},
			func(ctx context.Context, request *crossfootv1.CreateDocumentRequest) (*crossfootv1.Document, error) {
				content := request.GetDocument().GetContent()
				if text := request.GetDocument().GetText(); text != "" {
					content = []byte(text)
				}
				request.GetDocument().Source = nil
				return c.UploadDocument(ctx, request, bytes.NewReader(content))
			}),
		"GetDocument":   unary(&crossfootv1.GetDocumentRequest{}, c.GetDocument),
		"ListDocuments": unary(&crossfootv1.ListDocumentsRequest{}, c.ListDocuments),
		"ListRulePacks": unary(&crossfootv1.ListRulePacksRequest{}, c.ListRulePacks),
		"ListRules":     unary(&crossfootv1.ListRulesRequest{}, c.ListRules),
		"GetRule":       unary(&crossfootv1.GetRuleRequest{}, c.GetRule),
		"TestRules":     unary(&crossfootv1.TestRulesRequest{}, c.TestRules),
		"DeleteDocument": unary(&crossfootv1.DeleteDocumentRequest{},
			func(ctx context.Context, request *crossfootv1.DeleteDocumentRequest) (*emptypb.Empty, error) {
				return &emptypb.Empty{}, c.DeleteDocument(ctx, request)
			}),
	}
}

func unary[Request, Response proto.Message](request Request,
	method func(context.Context, Request) (Response, error)) unaryCall {
	return func(ctx context.Context, text []byte) (proto.Message, error) {
		if err := protojson.Unmarshal(text, request); err != nil {
			return nil, err
		}
		response, err := method(ctx, request)
		if err != nil {
			// A typed nil is no message.
			return nil, err
		}
		return response, nil
	}
}
