package crossfoot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	crossfootv1 "crossfoot.dev/api/crossfoot/v1"
)

// errorDomain is the domain of every google.rpc.ErrorInfo of the service.
const errorDomain = "crossfoot.dev"

// Error says why a call, or one document of a stream, has no result.
//
//	var failure *crossfoot.Error
//	if errors.As(err, &failure) && failure.Reason == "DOCUMENT_EMPTY" { … }
//
// errors.Is(err, context.DeadlineExceeded) and errors.Is(err, context.Canceled) hold for those codes.
type Error struct {
	// Code is the status of the call; codes.Unknown for one document of a stream, which has a reason alone.
	Code codes.Code
	// Reason is the name of a crossfootv1.ErrorReason without its prefix: "DOCUMENT_EMPTY".  Empty where the service
	// itself did not answer: nobody listens, the connection broke, the deadline passed on the way.
	Reason string
	// Message says what is wrong, for people; its wording may change.
	Message string
	// Metadata has the details that ErrorReason names.  May be nil.
	Metadata map[string]string
	// RetryDelay is how long a busy server asks to be left alone; 0 when it does not say.
	RetryDelay time.Duration

	cause error
}

func (e *Error) Error() string {
	name := e.Reason
	if name == "" {
		name = e.Code.String()
	}
	return fmt.Sprintf("crossfoot: %s: %s", name, e.Message)
}

// Unwrap gives the error of gRPC, nil for one document of a stream.
func (e *Error) Unwrap() error { return e.cause }

// Is reports whether the code is the one that target, an error of package context, stands for.
func (e *Error) Is(target error) bool {
	return target == context.DeadlineExceeded && e.Code == codes.DeadlineExceeded ||
		target == context.Canceled && e.Code == codes.Canceled
}

// callError gives the *Error of what gRPC returned; nil for nil.
func callError(err error) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	s := status.Convert(err)
	failure := &Error{Code: s.Code(), Message: s.Message(), cause: err}
	for _, detail := range s.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			if detail.GetDomain() == errorDomain {
				failure.Reason = detail.GetReason()
				failure.Metadata = detail.GetMetadata()
			}
		case *errdetails.RetryInfo:
			failure.RetryDelay = detail.GetRetryDelay().AsDuration()
		}
	}
	return failure
}

// documentError gives the *Error of one document; nil for nil.
func documentError(e *crossfootv1.DocumentError) error {
	if e == nil {
		return nil
	}
	return &Error{Code: codes.Unknown, Reason: e.GetReason(), Message: e.GetMessage(), Metadata: e.GetMetadata()}
}
