package crossfoot

import (
	"context"
	"fmt"
	"io"

	"google.golang.org/grpc/codes"

	crossfootv1 "crossfoot.dev/api/crossfoot/v1"
)

// Requests gives the next report to check, and io.EOF after the last one.  It is called by one goroutine, not before the
// server takes more.  It should return when the context ends.
type Requests func(context.Context) (*crossfootv1.ValidateDocumentsRequest, error)

// RequestsOf gives the requests one after the other.
func RequestsOf(requests ...*crossfootv1.ValidateDocumentsRequest) Requests {
	next := 0
	return func(context.Context) (*crossfootv1.ValidateDocumentsRequest, error) {
		if next == len(requests) {
			return nil, io.EOF
		}
		next++
		return requests[next-1], nil
	}
}

// Results are what came of the reports of CheckMany, in the order in which they were done.
//
//	results := client.CheckMany(ctx, requests)
//	defer results.Close()
//	for results.Next() {
//		result, err := results.Result()
//		…
//	}
//	if err := results.Err(); err != nil { … }
//
// For one goroutine.  Whoever does not call Next holds back the server and the reading of requests.
type Results struct {
	stream  crossfootv1.ValidationService_ValidateDocumentsClient
	cancel  context.CancelFunc
	sent    chan struct{} // closed when the sending has ended; the next three are to be read after that
	sending error         // what the Requests failed with
	count   int           // how many were sent
	all     bool          // whether these are all
	given   int           // how many results came
	current *crossfootv1.ValidateDocumentsResponse
	err     error
	ended   bool
}

// CheckMany checks reports as they come and gives each result when it is done, in any order; the id says which it is of.
// The context alone bounds its time.  Close must be called.
func (c *Client) CheckMany(ctx context.Context, requests Requests) *Results {
	ctx, cancel := context.WithCancel(ctx)
	r := &Results{cancel: cancel, sent: make(chan struct{})}
	if r.stream, r.err = c.validation.ValidateDocuments(ctx, keepNothing); r.err != nil {
		r.err, r.ended = callError(r.err), true
		close(r.sent)
		return r
	}
	go func() {
		defer close(r.sent)
		for {
			request, err := requests(ctx)
			if err == io.EOF {
				// An error of sending or closing is one of the stream, which Next is told.
				r.all = r.stream.CloseSend() == nil
				return
			}
			if err != nil {
				if ctx.Err() == nil {
					r.sending = err
				}
				cancel()
				return
			}
			if r.stream.Send(request) != nil {
				return
			}
			r.count++
		}
	}()
	return r
}

// Next waits for a result and reports whether there is one.  False: all have been given, or Err says what went wrong.
func (r *Results) Next() bool {
	if r.ended {
		return false
	}
	var err error
	if r.current, err = r.stream.Recv(); err == nil {
		r.given++
		return true
	}
	r.ended = true
	r.current = nil
	r.cancel()
	<-r.sent
	switch {
	case r.sending != nil:
		r.err = r.sending
	case err != io.EOF:
		r.err = callError(err)
	case !r.all || r.given != r.count:
		// A stream that ends early must not look like a whole one.
		r.err = &Error{Code: codes.Internal, Message: fmt.Sprintf(
			"the server ended the stream after %d results of %d reports", r.given, r.count), cause: io.ErrUnexpectedEOF}
	}
	return false
}

// ID is the id of the request that the result is of.
func (r *Results) ID() string { return r.current.GetId() }

// Result is what was found in the report, or an *Error that says why it could not be read.
func (r *Results) Result() (*crossfootv1.ValidateDocumentResponse, error) {
	if err := documentError(r.current.GetResponse().GetError()); err != nil {
		return nil, err
	}
	return r.current.GetResponse(), nil
}

// Message is the result, or the error of the document, as the server sent it; nil when Next has returned false.
func (r *Results) Message() *crossfootv1.ValidateDocumentsResponse { return r.current }

// Err is why there are no more results: an *Error, or the error of the Requests; nil after the last one.
func (r *Results) Err() error { return r.err }

// Close gives up what is under way and waits until no request is asked for any more.
func (r *Results) Close() {
	r.ended = true
	r.cancel()
	<-r.sent
}
